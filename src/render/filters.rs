//! What templates may do with values: choose how a day, a number, a share, a plural or some Markdown is written in
//! the page's language. No filter counts, sorts or links.

use super::{markdown, marked};
use crate::model::when::{ENGLISH_MONTHS, FRENCH_MONTHS, Moment};
use crate::view::parts::Trust;
use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Gives the filters to the template engine.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("html", html);
    tera.register_filter("inline", inline);
    tera.register_filter("marked", changed);
    tera.register_filter("day", day);
    tera.register_filter("time", time);
    tera.register_filter("number", number);
    tera.register_filter("decimal", decimal);
    tera.register_filter("percent", percent);
    tera.register_filter("plural", plural);
    tera.register_filter("word", word);
    tera.register_filter("bytes", bytes);
}

/// The page's language, from its chrome, unless the template says another.
fn lang(kwargs: &Kwargs, state: &State) -> TeraResult<String> {
    if let Some(lang) = kwargs.get::<String>("lang")? {
        return Ok(lang);
    }
    let chrome = state.get::<Value>("chrome")?;
    Ok(chrome
        .as_ref()
        .and_then(|c| c.get_from_path("lang"))
        .and_then(Value::as_str)
        .unwrap_or("fr")
        .to_owned())
}

/// Markdown and who wrote it.
fn prose(value: &Value) -> TeraResult<(&str, Trust)> {
    let markdown = value.get_from_path("markdown").and_then(Value::as_str);
    let from = value.get_from_path("from").and_then(Value::as_str);
    match (markdown, from) {
        (Some(markdown), Some("official")) => Ok((markdown, Trust::Official)),
        (Some(markdown), _) => Ok((markdown, Trust::Participant)),
        (None, _) => Err(tera::Error::message("`html` takes an object with `markdown` and `from`")),
    }
}

/// `{{ page.body | html }}`: blocks; `html(level=2)` where the words stand right under the page's title;
/// `html(cited=true)` with an anchor at each citation of a synthesis.
fn html(value: &Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (markdown, trust) = prose(value)?;
    let level = kwargs.get::<u8>("level")?.unwrap_or(markdown::BELOW_SECTIONS).clamp(2, 6);
    let html = match kwargs.get::<bool>("cited")?.unwrap_or(false) {
        true => markdown::html_cited(markdown, trust, level),
        false => markdown::html_from(markdown, trust, level),
    };
    Ok(Value::safe_string(&html))
}

/// `{{ paragraph.body | inline }}`: the same, without the `p` around a single paragraph.
fn inline(value: &Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let (markdown, trust) = prose(value)?;
    let html = markdown::html(markdown, trust);
    let trimmed = html.trim();
    let inner = trimmed.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    Ok(Value::safe_string(inner.filter(|inner| !inner.contains("<p>")).unwrap_or(trimmed)))
}

/// `{{ paragraph.runs | marked }}`: words with `del` and `ins`, each said in words too; `inline=true` without blocks.
fn changed(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<Value> {
    let messages = state.get::<Value>("t")?;
    let message = |key: &str| {
        let found = messages.as_ref().and_then(|t| t.get_from_path(key)).and_then(Value::as_str);
        found.unwrap_or(key).to_owned()
    };
    let said = marked::Said {
        deleted: message("deleted"),
        inserted: message("inserted"),
        amendment: message("amendment"),
        change: message("change"),
    };
    let field = |run: &Value, key: &str| {
        run.get_from_path(key).and_then(Value::as_str).map(str::to_owned).unwrap_or_default()
    };
    let run = |run: &Value| marked::Run {
        words: field(run, "words"),
        mark: marked::Mark::of(&field(run, "mark")),
        by: run.get_from_path("by.href").and_then(Value::as_str).map(|href| marked::By {
            href: href.to_owned(),
            number: field(run, "by.number"),
            change: run.get_from_path("by.change").and_then(Value::as_bool).unwrap_or(false),
        }),
    };
    let runs: Vec<marked::Run> =
        value.as_array().map(|all| all.iter().map(run).collect()).unwrap_or_default();
    let inline = kwargs.get::<bool>("inline")?.unwrap_or(false);
    Ok(Value::safe_string(&marked::html(&runs, &said, inline)))
}

/// `22 novembre 2026`; the first of the month is `1er` in French.
fn day(value: &str, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let Some(moment) = Moment::parse(value) else { return Ok(value.to_owned()) };
    let date = moment.date;
    let month = date.month() as usize - 1;
    Ok(match lang(&kwargs, state)?.as_str() {
        "fr" if date.day() == 1 => format!("1er\u{a0}{} {}", FRENCH_MONTHS[month], date.year()),
        "fr" => format!("{}\u{a0}{} {}", date.day(), FRENCH_MONTHS[month], date.year()),
        "en" => format!("{}\u{a0}{} {}", date.day(), ENGLISH_MONTHS[month], date.year()),
        _ => date.to_string(),
    })
}

/// `14 h 21` or `14:21`; nothing for a day without a time.
fn time(value: &str, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let Some(time) = Moment::parse(value).and_then(|m| m.time) else { return Ok(String::new()) };
    Ok(match lang(&kwargs, state)?.as_str() {
        "fr" => format!("{}\u{a0}h\u{a0}{:02}", time.hour(), time.minute()),
        _ => format!("{:02}:{:02}", time.hour(), time.minute()),
    })
}

/// Digits in groups of three: narrow no-break space, or comma in English.
pub(super) fn grouped(number: u64, lang: &str) -> String {
    let separator = if lang == "en" { ',' } else { '\u{202f}' };
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn number(value: u64, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    Ok(grouped(value, &lang(&kwargs, state)?))
}

/// A number with at most two decimals: `1 234,5`, `1,234.5`.
fn decimal(value: f64, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let lang = lang(&kwargs, state)?;
    let digits = format!("{:.2}", value.abs());
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole| grouped(whole, &lang));
    let part = part.trim_end_matches('0');
    let mark = if part.is_empty() {
        ""
    } else if lang == "en" {
        "."
    } else {
        ","
    };
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    Ok(format!("{sign}{whole}{mark}{part}"))
}

/// A share in per cent with one decimal: `81,2 %`, `81.2%`.
fn percent(value: f64, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let digits = format!("{value:.1}");
    let digits = digits.strip_suffix(".0").unwrap_or(&digits);
    Ok(match lang(&kwargs, state)?.as_str() {
        "en" => format!("{digits}%"),
        _ => format!("{}\u{a0}%", digits.replace('.', ",")),
    })
}

/// A count with its noun: `%n` in the chosen message is the number. Zero and one are singular in French.
fn plural(value: u64, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let lang = lang(&kwargs, state)?;
    let one = value == 1 || (value == 0 && lang == "fr");
    let message: String = kwargs.must_get(if one { "one" } else { "many" })?;
    Ok(message.replace("%n", &grouped(value, &lang)))
}

/// The message of a word of a closed list: `{{ page.outcome | word(list="outcome") }}` is `t.outcome_adopted`.
fn word(value: &str, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let list: String = kwargs.must_get("list")?;
    let key = format!("{list}_{}", value.replace('-', "_"));
    let messages = state.get::<Value>("t")?;
    let found = messages.as_ref().and_then(|t| t.get_from_path(&key)).and_then(Value::as_str);
    Ok(found.unwrap_or(value).to_owned())
}

/// A size: `12,3 ko`, `12.3 kB`.
fn bytes(value: u64, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let french = lang(&kwargs, state)? == "fr";
    let unit = if french { "o" } else { "B" };
    let (size, prefix) = match value {
        0..1_000 => return Ok(format!("{value}\u{a0}{}", if french { "octets" } else { "bytes" })),
        1_000..1_000_000 => (value as f64 / 1e3, "k"),
        _ => (value as f64 / 1e6, "M"),
    };
    let digits = format!("{size:.1}");
    let digits = if french { digits.replace('.', ",") } else { digits };
    Ok(format!("{digits}\u{a0}{prefix}{unit}"))
}
