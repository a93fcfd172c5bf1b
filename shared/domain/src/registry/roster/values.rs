//! What single cells say: areas, uses, days, phones, shares.

use super::Fault;
use crate::{
    kernel::{AreaDm2, Day, NotAnArea, plain},
    registry::{UnitKind, UnitStatus},
};

/// Length of an ID card's number (GB 11643), and of the first generation's.
const ID_NUMBER_CHARS: [usize; 2] = [18, 15];

/// Reads an area in m², exactly to 0.01.
pub(super) fn area(text: &str) -> Result<AreaDm2, Fault> {
    AreaDm2::parse(text).map_err(|why| match why {
        NotAnArea::Separator => Fault::AreaSeparator,
        NotAnArea::Number => Fault::AreaNumber,
        NotAnArea::Negative => Fault::AreaNegative,
        NotAnArea::Decimals => Fault::AreaDecimals,
        NotAnArea::Zero => Fault::AreaZero,
        NotAnArea::Large => Fault::AreaLarge,
    })
}

/// Reads what a unit is for.
pub(crate) fn kind(text: &str) -> Option<UnitKind> {
    match plain(text).to_lowercase().as_str() {
        "home" | "住宅" | "住房" | "成套住宅" | "居住" => Some(UnitKind::Home),
        "shop" | "商铺" | "商业" | "店铺" | "商业用房" | "底商" => Some(UnitKind::Shop),
        _ => None,
    }
}

/// Reads what an area rests on, as the stored word.
pub(super) fn basis(text: &str) -> Option<&'static str> {
    match plain(text).to_lowercase().as_str() {
        "register" | "登记" | "不动产登记" | "产权登记" => Some("register"),
        "survey" | "测绘" | "实测" => Some("survey"),
        "contract" | "合同" | "买卖合同" => Some("contract"),
        _ => None,
    }
}

/// Reads how a unit stands.
pub(super) fn status(text: &str) -> Option<UnitStatus> {
    let plain = plain(text).to_lowercase().replace('-', "_");
    let word = match plain.as_str() {
        "未售" => UnitStatus::Unsold,
        "未交付" | "已售未交付" => UnitStatus::Undelivered,
        "已交付" | "交付" => UnitStatus::Delivered,
        "未入住" => UnitStatus::NotMovedIn,
        "已入住" | "入住" | "自住" => UnitStatus::MovedIn,
        "装修中" | "装修" => UnitStatus::Decorating,
        "出租" | "已出租" => UnitStatus::Rented,
        "空置" | "空" => UnitStatus::Empty,
        other => return UnitStatus::ALL.into_iter().find(|status| status.word() == other),
    };
    Some(word)
}

/// Reads a yes or a no.
pub(super) fn yes(text: &str) -> Option<bool> {
    match plain(text).to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "是" | "有" | "已交付" => Some(true),
        "no" | "n" | "false" | "0" | "否" | "无" | "没有" | "未交付" => Some(false),
        _ => None,
    }
}

/// Reads a day as `2026-03-02`.
pub(super) fn day(text: &str) -> Option<String> {
    Day::read(text).map(|day| day.to_string())
}

/// Tells whether a text is what a spreadsheet makes of 3-2 or 3-2-501: a day.
pub(crate) fn looks_like_a_day(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let plain = plain(text).to_lowercase();
    let chinese = plain.contains('月') && plain.chars().any(|char| char.is_ascii_digit());
    let english = plain.split('-').any(|part| MONTHS.contains(&part));
    let of_our_time = plain.starts_with("19") || plain.starts_with("20");
    chinese || english || of_our_time && day(text).is_some()
}

/// Reads a phone: the digits of a mobile, or area code and number.
pub(super) fn phone(text: &str) -> Option<String> {
    let plain = plain(text);
    let plain = plain.strip_prefix("+86").unwrap_or(&plain);
    let digits: String = plain.chars().filter(|char| !matches!(char, '-' | '(' | ')')).collect();
    let all = digits.bytes().all(|byte| byte.is_ascii_digit());
    let mobile = digits.len() == 11 && digits.starts_with('1');
    let landline = (10..=12).contains(&digits.len()) && digits.starts_with('0');
    (all && (mobile || landline)).then_some(digits)
}

/// Reads the hash of an ID number.
pub(super) fn id_hash(text: &str) -> Result<String, Fault> {
    let plain = plain(text).to_lowercase();
    let length = plain.chars().count();
    let digits = plain.trim_end_matches('x');
    if ID_NUMBER_CHARS.contains(&length) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::IdNumber);
    }
    let hash = length == 64 && plain.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hash { Ok(plain) } else { Err(Fault::IdHash) }
}

/// Reads a share as a fraction; `None` inside for joint owners.
pub(super) fn share(text: &str) -> Result<Option<(u64, u64)>, Fault> {
    let plain = plain(text).to_lowercase();
    if matches!(plain.as_str(), "共同" | "共同共有" | "joint") {
        return Ok(None);
    }
    let fraction = match (plain.split_once('/'), plain.strip_suffix('%')) {
        (Some((part, whole)), _) => part.parse().ok().zip(whole.parse().ok()),
        (None, Some(percent)) => {
            // Half percents happen: 33.33 %.
            let (whole, rest) = percent.split_once('.').unwrap_or((percent, ""));
            let rest = (rest.len() <= 2).then(|| format!("{whole}{rest:0<2}"));
            rest.and_then(|hundredths| hundredths.parse().ok()).zip(Some(10_000))
        }
        (None, None) => None,
    };
    match fraction {
        Some((part, whole)) if part > 0 && part <= whole && whole <= 1_000_000 => {
            Ok(Some((part, whole)))
        }
        _ => Err(Fault::ShareForm),
    }
}

/// Tells whether shares add up to the whole.
pub(super) fn is_whole(shares: &[(u64, u64)]) -> bool {
    let mut sum: (u128, u128) = (0, 1);
    for (part, whole) in shares {
        let (part, whole) = (u128::from(*part), u128::from(*whole));
        let added = sum.0.checked_mul(whole).zip(part.checked_mul(sum.1));
        let added = added.and_then(|(one, other)| one.checked_add(other));
        let Some((above, below)) = added.zip(sum.1.checked_mul(whole)) else { return false };
        let common = common_divisor(above, below);
        sum = (above / common, below / common);
    }
    sum.0 == sum.1
}

const fn common_divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}
