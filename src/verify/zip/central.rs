//! The end of a zip and its central directory: where it is, how many entries it says, and each of them. What two
//! programs could read differently is a fault: a second end, a gap, a number that contradicts its long form.

use super::Bytes;
use super::fields::{UNICODE_PATH, ZIP64, eight, extras, four, two};
use crate::lang::Bilingual;
use crate::say;

/// Most entries, and largest directory that is held in memory.
const ENTRIES: u64 = 1_000_000;
const DIRECTORY: u64 = 256 << 20;

const END: &[u8; 4] = b"PK\x05\x06";
const LONG_END: &[u8; 4] = b"PK\x06\x06";
const LOCATOR: &[u8; 4] = b"PK\x06\x07";
const CENTRAL: &[u8; 4] = b"PK\x01\x02";

/// An entry, as the central directory has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) name: Vec<u8>,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed: u64,
    pub(super) size: u64,
    pub(super) local: u64,
    /// Unix mode, where the archive says one.
    pub(super) mode: Option<u32>,
    /// A second name, which disagrees with the first.
    pub(super) other_name: bool,
}

/// Where the directory is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) start: u64,
    size: u64,
    count: u64,
}

fn unreadable(error: &std::io::Error) -> Bilingual {
    say!("l’archive ne se lit pas ({error})", "the archive cannot be read ({error})")
}

fn truncated() -> Bilingual {
    say!(
        "ce n’est pas un zip, ou il est tronqué : sa fin n’y est pas",
        "this is no zip, or a truncated one: its end is not there"
    )
}

/// Finds the directory.
pub(super) fn place(bytes: &dyn Bytes) -> Result<Place, Bilingual> {
    let len = bytes.len();
    let tail = len.min(22 + 65_535);
    let mut buffer = vec![0; tail as usize];
    bytes.read_at(len - tail, &mut buffer).map_err(|e| unreadable(&e))?;
    let ends: Vec<usize> =
        buffer.windows(4).enumerate().filter(|(_, w)| w == END).map(|(at, _)| at).collect();
    let Some(at) = ends
        .iter()
        .copied()
        .find(|at| buffer.len() - at >= 22 && buffer.len() - at == 22 + usize::from(two(&buffer, at + 20)))
    else {
        return Err(if ends.is_empty() {
            truncated()
        } else {
            say!(
                "l’archive ne se termine pas par sa fin : des octets la suivent, ou manquent",
                "the archive does not end with its end: bytes follow it, or are missing"
            )
        });
    };
    let end = &buffer[at..];
    if end[22..].windows(4).any(|w| w == END) {
        return Err(say!("l’archive a deux fins", "the archive has two ends"));
    }
    if two(end, 4) != 0 || two(end, 6) != 0 || two(end, 8) != two(end, 10) {
        return Err(say!(
            "l’archive se dit en plusieurs parties",
            "the archive says that it is in several parts"
        ));
    }
    let end_at = len - tail + at as u64;
    let short = Place {
        start: u64::from(four(end, 16)),
        size: u64::from(four(end, 12)),
        count: u64::from(two(end, 10)),
    };
    let (place, next) = match long(bytes, end_at)? {
        Some((long, next)) => {
            let same = |short: u64, most: u64, long: u64| short == most || short == long;
            if !(same(short.count, 0xffff, long.count)
                && same(short.size, 0xffff_ffff, long.size)
                && same(short.start, 0xffff_ffff, long.start))
            {
                return Err(say!(
                    "les deux fins (courte et zip64) se contredisent",
                    "the two ends (short and zip64) contradict each other"
                ));
            }
            (long, next)
        }
        None if short.count == 0xffff || short.size == 0xffff_ffff || short.start == 0xffff_ffff => {
            return Err(say!(
                "l’archive renvoie à une fin zip64 qui n’y est pas",
                "the archive refers to a zip64 end that is not there"
            ));
        }
        None => (short, end_at),
    };
    if place.start.checked_add(place.size) != Some(next) {
        return Err(say!(
            "le sommaire n’est pas où l’archive le dit : des octets sont devant, dedans ou manquent",
            "the directory is not where the archive says: bytes stand before it, in it, or are missing"
        ));
    }
    let count = place.count;
    if place.count > ENTRIES || place.size > DIRECTORY || place.count.saturating_mul(46) > place.size {
        return Err(say!(
            "l’archive dit {count} entrées, plus qu’il n’en sera lu",
            "the archive says {count} entries, more than will be read"
        ));
    }
    Ok(place)
}

/// The zip64 end before the short one, and where it begins.
fn long(bytes: &dyn Bytes, end: u64) -> Result<Option<(Place, u64)>, Bilingual> {
    let Some(locator) = end.checked_sub(20) else { return Ok(None) };
    let mut buffer = [0; 20];
    bytes.read_at(locator, &mut buffer).map_err(|e| unreadable(&e))?;
    if buffer[..4] != *LOCATOR {
        return Ok(None);
    }
    let at = eight(&buffer, 8);
    let mut long = [0; 56];
    let lies =
        || say!("la fin zip64 n’est pas où l’archive le dit", "the zip64 end is not where the archive says");
    if at.checked_add(56).is_none_or(|after| after > locator) {
        return Err(lies());
    }
    bytes.read_at(at, &mut long).map_err(|e| unreadable(&e))?;
    if long[..4] != *LONG_END
        || at.checked_add(12).and_then(|x| x.checked_add(eight(&long, 4))) != Some(locator)
        || eight(&long, 24) != eight(&long, 32)
    {
        return Err(lies());
    }
    Ok(Some((Place { start: eight(&long, 48), size: eight(&long, 40), count: eight(&long, 32) }, at)))
}

/// Reads the entries.
pub(super) fn headers(bytes: &dyn Bytes, place: Place) -> Result<Vec<Header>, Bilingual> {
    let mut buffer = vec![0; place.size as usize];
    bytes.read_at(place.start, &mut buffer).map_err(|e| unreadable(&e))?;
    let broken = |number: usize| {
        say!("la {number}e entrée du sommaire est brisée", "entry {number} of the directory is broken")
    };
    let mut rest = buffer.as_slice();
    let mut all = Vec::with_capacity(place.count as usize);
    for number in 1..=place.count as usize {
        if rest.len() < 46 || rest[..4] != *CENTRAL {
            return Err(broken(number));
        }
        let (name, extra, comment) =
            (usize::from(two(rest, 28)), usize::from(two(rest, 30)), usize::from(two(rest, 32)));
        let whole = 46 + name + extra + comment;
        if rest.len() < whole {
            return Err(broken(number));
        }
        let fields = extras(&rest[46 + name..46 + name + extra]).map_err(|_| broken(number))?;
        all.push(header(rest, name, &fields).ok_or_else(|| broken(number))?);
        rest = &rest[whole..];
    }
    if rest.is_empty() {
        Ok(all)
    } else {
        Err(say!(
            "le sommaire a plus d’entrées qu’il n’en dit",
            "the directory has more entries than it says"
        ))
    }
}

fn header(bytes: &[u8], name: usize, fields: &[(u16, &[u8])]) -> Option<Header> {
    let name = bytes[46..46 + name].to_vec();
    let long = fields.iter().filter(|(number, _)| *number == ZIP64).map(|(_, content)| *content);
    let long: Vec<&[u8]> = long.collect();
    let mut long = match long[..] {
        [] => None,
        [one] => Some(one),
        _ => return None,
    };
    // Only what is full in the short form stands in the long one, in this order.
    let mut number = |at: usize| match four(bytes, at) {
        u32::MAX => {
            let content = long?;
            let value = (content.len() >= 8).then(|| eight(content, 0))?;
            long = content.get(8..);
            Some(value)
        }
        short => Some(u64::from(short)),
    };
    let (size, packed, local) = (number(24)?, number(20)?, number(42)?);
    // Systems that keep Unix modes: Unix and macOS.
    let unix = matches!(bytes[5], 3 | 19);
    let other = |content: &&[u8]| content.get(5..).is_some_and(|other| *other != *name);
    let other_name = fields.iter().any(|(number, content)| *number == UNICODE_PATH && other(content));
    Some(Header {
        flags: two(bytes, 8),
        method: two(bytes, 10),
        crc: four(bytes, 16),
        packed,
        size,
        local,
        mode: unix.then(|| four(bytes, 38) >> 16),
        other_name,
        name,
    })
}
