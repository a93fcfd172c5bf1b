//! The report as a page to print: one file without scripts and without anything from elsewhere, so
//! that it looks the same in ten years and tells nobody that it was opened.

use super::{
    Report,
    figures::{Figures, Group, heads},
};
use crate::office::text::Text;

/// How it looks: black on white, A4 across, heads repeated on each page, no row torn apart.
const STYLE: &str = "\
@page { size: A4 landscape; margin: 12mm; }
body { font: 10pt/1.4 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif;
  color: #000; background: #fff; margin: 0 auto; max-width: 273mm; }
h1 { font-size: 15pt; margin: 0 0 2mm; }
h2 { font-size: 11pt; margin: 6mm 0 1mm; break-after: avoid; }
p { margin: 0 0 2mm; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.3pt solid #666; padding: 1mm 1.5mm; text-align: right; }
th:first-child, td:first-child { text-align: left; width: 17%; }
th { background: #eee; font-size: 8.5pt; font-weight: 600; print-color-adjust: exact; }
.notes { font-size: 8.5pt; margin-top: 6mm; break-inside: avoid; }
.sign { margin-top: 12mm; display: flex; gap: 20mm; break-inside: avoid; }
.sign span { flex: 1; border-top: 0.5pt solid #000; padding-top: 1mm; }
@media screen { body { padding: 8mm; } }
";

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Writes the page.
pub(super) fn write(report: &Report<'_>, text: &Text) -> String {
    let title = format!(
        "{} {} {}",
        report.community,
        report.month,
        text.pick("报修时限报告", "repairs: promises kept")
    );
    let title = escape(&title);
    let as_of = text.pick("截至", "As of");
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{as_of} {}</p>\n",
        text.tag(),
        escape(&report.shown_at),
    );
    for group in Group::ALL {
        page.push_str(&table(&report.lines, group, text));
    }
    page.push_str(&notes(text));
    page.push_str("</body>\n</html>\n");
    page
}

fn table(lines: &[Figures], group: Group, text: &Text) -> String {
    let heads: String =
        heads(text).iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
    let mut table = format!(
        "<h2>{}</h2>\n<table>\n<thead><tr><th scope=\"col\"></th>{heads}</tr></thead>\n<tbody>\n",
        group.title(text)
    );
    for line in lines.iter().filter(|line| line.group == group) {
        let cells: String =
            line.cells().iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
        table.push_str(&format!("<tr>{cells}</tr>\n"));
    }
    table.push_str("</tbody>\n</table>\n");
    table
}

/// How the figures are to be read, and where to sign.
fn notes(text: &Text) -> String {
    let notes = text.pick(
        "按报修时间归入当月。“按时”的分母是已到期或已完成的时限；尚未到期的、不再需要的不计。\
         返工后到场、修好的时限重新计算。分钟含暂停时间，四舍五入；“均”为平均数，“中”为中位数。\
         经手人按最后一次派单计。评价为一至五星的平均（人数）。",
        "A repair counts for the month it was reported in. “In time” is out of all that had to be by \
         now: what still has time, or was no longer needed, is not counted. After a reopening, coming \
         and fixing are promised anew. Minutes include pauses and are rounded to the nearest; avg is \
         the mean, med the median. A repair counts for the worker it was handed to last. Stars are \
         the mean of one to five (how many rated).",
    );
    let (company, committee) = (text.word("role", "property"), text.word("role", "committee"));
    format!(
        "<p class=\"notes\">{notes}</p>\n<p class=\"sign\"><span>{}</span><span>{}</span></p>\n",
        escape(company),
        escape(committee),
    )
}
