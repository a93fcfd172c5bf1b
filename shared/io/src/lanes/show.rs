//! What the screens show, read from one phone's stores.

use std::sync::Arc;

use linli_app::slice::{DraftKept, Screens, Shown, Wanted};
use linli_replica::{
    Replica, ReplicaError,
    store::{Store as _, Table},
};

use super::{
    keep::{SETTINGS, read_settings},
    phone::{CHINA_OFFSET_MIN, Failure, Phone},
};
use crate::{SqliteStore, clock::now};

/// Rows of a window: about three screens.
const WINDOW_ROWS: u32 = 60;

impl Phone {
    /// Reads what the screens show.
    pub(super) fn show(&mut self, wanted: &Wanted) -> Result<Screens, Failure> {
        let now = now();
        let lines = self.homes.iter().map(|home| home.replica.line(now));
        let settings = self.own.get(Table::Meta, SETTINGS).map_err(ReplicaError::from)?;
        let mut screens = Screens {
            communities: lines.collect::<Result<_, _>>()?,
            drafts: self.own_drafts()?,
            settings: settings.as_deref().and_then(read_settings),
            now,
            utc_offset_minutes: CHINA_OFFSET_MIN,
            ..Screens::default()
        };
        let Some(home) = self.homes.get(wanted.slot) else { return Ok(screens) };
        let replica = &home.replica;
        screens.standing = Some(replica.standing()?);
        screens.applicants = replica.applicants(screens.now)?;
        screens.own = Some(replica.keys().id());
        screens.people = wanted
            .people
            .as_ref()
            .map(|(filter, offset)| replica.people(filter, *offset, WINDOW_ROWS, screens.now));
        screens.uncounted = replica.uncounted()?;
        if replica.community().is_none() {
            return Ok(screens);
        }
        show_repairs(replica, wanted, &mut screens)?;
        for (name, typed) in replica.drafts()? {
            let (text, attachments) = (typed.text, typed.attachments);
            screens.drafts.push(DraftKept { name, text, attachments });
        }
        self.shown = show_picture(replica, wanted, &screens, self.shown.take())?;
        screens.picture.clone_from(&self.shown);
        Ok(screens)
    }

    /// Reads the drafts of before there was a community.
    fn own_drafts(&self) -> Result<Vec<DraftKept>, Failure> {
        let drafts = self.own.scan(Table::Draft, &[], None, usize::MAX);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
        let kept = |(name, draft)| DraftKept {
            name: text(name),
            text: text(draft),
            attachments: Vec::new(),
        };
        Ok(drafts.map_err(ReplicaError::from)?.into_iter().map(kept).collect())
    }
}

fn show_repairs(
    replica: &Replica<SqliteStore>,
    wanted: &Wanted,
    screens: &mut Screens,
) -> Result<(), Failure> {
    let now = screens.now;
    let viewer = replica.viewer(now)?;
    screens.utc_offset_minutes = replica.utc_offset_minutes().unwrap_or(CHINA_OFFSET_MIN);
    screens.ways = replica.ways(&viewer, now)?;
    screens.offers = replica.offers(&viewer, now)?;
    screens.viewer = Some(viewer);
    screens.sending = wanted.sending.then(|| replica.own()).transpose()?;
    let Wanted { filter, search, offset, .. } = wanted;
    (screens.total, screens.rows) = replica.repairs(*filter, search, *offset, WINDOW_ROWS, now)?;
    screens.open_count = replica.count_repairs(Some(linli_domain::repairs::view::tag::OPEN))?;
    screens.attention = replica.attention(now)?;
    if let Some(detail) = &wanted.detail {
        screens.detail = replica.repair(detail, now)?;
    }
    if let Some((place, class)) = &wanted.alike {
        screens.alike = replica.alike(place, class)?;
    }
    Ok(())
}

/// Opens the photo that is looked at, if it lies here and somebody may look at it.
fn show_picture(
    replica: &Replica<SqliteStore>,
    wanted: &Wanted,
    screens: &Screens,
    shown: Option<Shown>,
) -> Result<Option<Shown>, Failure> {
    let Some(part) = wanted.picture else { return Ok(None) };
    if shown.as_ref().is_some_and(|shown| shown.part == part) {
        return Ok(shown);
    }
    let of_drafts = screens.drafts.iter().flat_map(|draft| draft.attachments.clone());
    let of_detail = screens.detail.iter().flat_map(|page| page.detail.pictures());
    let found = of_drafts.chain(of_detail).find(|picture| picture.parts.first() == Some(&part));
    let Some(found) = found else { return Ok(None) };
    let bytes = replica.open_attachment(&found)?;
    Ok(bytes.map(|bytes| Shown { part, bytes: Arc::new(bytes) }))
}
