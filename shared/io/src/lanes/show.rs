//! What the screens show, read from one phone's stores.

use std::sync::Arc;

use linli_app::slice::{
    BookOpen, DraftKept, MoneyLine, MoneyScreens, MoneyWanted, Screens, Shown, Wanted,
};
use linli_domain::{
    kernel::{Author, Day, Fen, Moment, Role},
    payments::view::RoundRow,
};
use linli_replica::{
    AskError, Replica, ReplicaError,
    money::{Book, BookPage, HomePage, Kept, own_homes},
    store::{Store as _, Table},
};

use super::{
    keep::{SETTINGS, read_settings},
    phone::{CHINA_OFFSET_MIN, Failure, Phone},
};
use crate::{SqliteStore, clock::now};

/// Rows of a window: about three screens.
const WINDOW_ROWS: u32 = 60;

/// Homes that are told of one search: more say that more has to be typed.
const HOMES_FOUND: usize = 20;

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
        screens.money_line.twice = paid_twice(&mut self.twice, wanted.slot, replica, now)?;
        let book = wanted.money.as_ref().and_then(|open| open.book.as_ref());
        match (book, &mut screens.money) {
            (Some(book), Some(money)) => {
                let kept = kept(&mut self.kept, wanted.slot, replica, now)?;
                money.book = show_book(replica, book, &kept, now)?;
            }
            _ => self.kept = None,
        }
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
    screens.money_line = money_line(replica, &screens.viewer, now)?;
    screens.money = wanted.money.as_ref().map(|open| show_money(replica, open, now)).transpose()?;
    if let Some(detail) = &wanted.detail {
        screens.detail = replica.repair(detail, now)?;
    }
    if let Some((place, class)) = &wanted.alike {
        screens.alike = replica.alike(place, class)?;
    }
    Ok(())
}

/// Reads what is told of money wherever one is.
fn money_line(
    replica: &Replica<SqliteStore>,
    viewer: &Option<Author>,
    now: Moment,
) -> Result<MoneyLine, Failure> {
    let mut line = MoneyLine::default();
    for unit in viewer.iter().flat_map(own_homes) {
        let owed = replica.owed(&unit, now)?;
        line.owed = line.owed.plus(owed).unwrap_or(line.owed);
    }
    let today = Day::of(now, replica.utc_offset_minutes().unwrap_or(CHINA_OFFSET_MIN));
    let open = |row: &&RoundRow| row.in_hand > Fen::ZERO || today.is_some_and(|day| day <= row.to);
    let rounds = replica.rounds(true, now)?.iter().filter(open).count();
    line.rounds = u32::try_from(rounds).unwrap_or(u32::MAX);
    if viewer.as_ref().is_some_and(|v| v.is_any(Role::runs)) {
        line.to_take = replica.rounds_to_take()?;
    }
    Ok(line)
}

/// Reads money, as far as somebody looks at it.
fn show_money(
    replica: &Replica<SqliteStore>,
    open: &MoneyWanted,
    now: Moment,
) -> Result<MoneyScreens, Failure> {
    let home = open.home.as_ref().map(|unit| replica.home_money(unit, now)).transpose()?;
    let round = open.round.map(|round| replica.round(&round, now)).transpose()?.flatten();
    // At the door the receipt that was just written is shown to the payer, also after a restart.
    let me = replica.keys().id();
    let newest = home.iter().flat_map(HomePage::receipts).find(|r| r.author.device == me);
    let receipt = match open.receipt.or(newest.map(|receipt| receipt.id)) {
        Some(id) => replica.receipt_bytes(&id)?.map(|bytes| (id, bytes)),
        None => None,
    };
    let scanned = match open.scanned.as_ref().map(|bytes| replica.scan_receipt(bytes, now)) {
        Some(Ok(scanned)) => Some(Ok(scanned)),
        Some(Err(AskError::Refused(word))) => Some(Err(word)),
        Some(Err(AskError::Misread(_))) => None,
        Some(Err(AskError::Failed(error))) => return Err(error.into()),
        None => None,
    };
    let mut homes = Vec::new();
    for unit in own_homes(&replica.viewer(now)?) {
        homes.push(replica.home_money(&unit, now)?);
    }
    let walked = round.as_ref().map(|page| &page.round);
    Ok(MoneyScreens {
        homes,
        rounds: replica.rounds(false, now)?,
        runs: replica.runs(open.run.as_ref())?,
        offers: replica.money_offers(home.as_ref(), walked, now)?,
        books: replica.books_to_open(now)?,
        book: None,
        found: replica.homes_found(&open.find, HOMES_FOUND, now)?,
        home,
        round,
        receipt,
        scanned,
    })
}

/// Reads a page of the books, if this person may read it.
fn show_book(
    replica: &Replica<SqliteStore>,
    book: &Book,
    kept: &Kept,
    now: Moment,
) -> Result<Option<BookOpen>, Failure> {
    let Some(page) = replica.book_page(book, kept, now)? else { return Ok(None) };
    let offers = replica.book_offers(book, kept, now)?;
    Ok(Some(BookOpen { book: book.clone(), page, offers }))
}

/// Returns the books, derived anew where anything changed since, or the day did.
fn kept(
    last: &mut Option<(usize, u64, Arc<Kept>)>,
    slot: usize,
    replica: &Replica<SqliteStore>,
    now: Moment,
) -> Result<Arc<Kept>, Failure> {
    let offset = replica.utc_offset_minutes().unwrap_or(CHINA_OFFSET_MIN);
    let (changes, today) = (replica.changes(), Day::of(now, offset));
    let same = last
        .as_ref()
        .filter(|(of, at, kept)| *of == slot && *at == changes && Some(kept.today) == today);
    if let Some((_, _, kept)) = same {
        return Ok(Arc::clone(kept));
    }
    let kept = Arc::new(replica.books(now)?);
    *last = Some((slot, changes, Arc::clone(&kept)));
    Ok(kept)
}

/// Returns how many homes paid twice, counted anew where anything changed since: it is read with every screen.
fn paid_twice(
    last: &mut Option<(usize, u64, u32)>,
    slot: usize,
    replica: &Replica<SqliteStore>,
    now: Moment,
) -> Result<u32, Failure> {
    let changes = replica.changes();
    if let Some((_, _, count)) = last.filter(|(of, at, _)| (*of, *at) == (slot, changes)) {
        return Ok(count);
    }
    let count = replica.homes_paid_twice(now)?;
    *last = Some((slot, changes, count));
    Ok(count)
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
    let of_book = screens.money.iter().filter_map(|money| match &money.book {
        Some(BookOpen { page: BookPage::Entry(entry), .. }) => Some(entry.proof.clone()),
        _ => None,
    });
    let mut all = of_drafts.chain(of_detail).chain(of_book.flatten());
    let found = all.find(|picture| picture.parts.first() == Some(&part));
    let Some(found) = found else { return Ok(None) };
    let bytes = replica.open_attachment(&found)?;
    Ok(bytes.map(|bytes| Shown { part, bytes: Arc::new(bytes) }))
}
