//! Numbers of lists as a word processor shows them: in a law they are words (`1°`, `a)`, `I. –`), and the file holds only
//! the rule by which they are counted.

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Form {
    #[default]
    Decimal,
    /// `01`.
    TwoDigits,
    Roman,
    SmallRoman,
    Letter,
    SmallLetter,
    /// `1er`, `2e`.
    Ordinal,
    /// Nothing is shown.
    Nothing,
    /// A sign, not a number.
    Bullet,
}

impl Form {
    /// A form by the name that Office Open XML gives it (ECMA-376, `ST_NumberFormat`); `None` for one that is not known.
    pub(super) fn of_word(name: &str) -> Option<Self> {
        Some(match name {
            "decimal" => Form::Decimal,
            "decimalZero" => Form::TwoDigits,
            "upperRoman" => Form::Roman,
            "lowerRoman" => Form::SmallRoman,
            "upperLetter" => Form::Letter,
            "lowerLetter" => Form::SmallLetter,
            "ordinal" => Form::Ordinal,
            "none" => Form::Nothing,
            "bullet" => Form::Bullet,
            _ => return None,
        })
    }

    /// A form by the sign that OpenDocument gives it (ODF 1.3, `style:num-format`).
    pub(super) fn of_opendocument(sign: &str) -> Option<Self> {
        Some(match sign {
            "1" => Form::Decimal,
            "I" => Form::Roman,
            "i" => Form::SmallRoman,
            "A" => Form::Letter,
            "a" => Form::SmallLetter,
            "" => Form::Nothing,
            _ => return None,
        })
    }

    /// The number `n`.
    pub(super) fn shown(self, n: u32) -> String {
        match self {
            Form::Decimal => n.to_string(),
            Form::TwoDigits => format!("{n:02}"),
            Form::Roman => roman(n),
            Form::SmallRoman => roman(n).to_lowercase(),
            Form::Letter => letter(n),
            Form::SmallLetter => letter(n).to_lowercase(),
            Form::Ordinal if n == 1 => "1er".into(),
            Form::Ordinal => format!("{n}e"),
            Form::Nothing | Form::Bullet => String::new(),
        }
    }
}

fn roman(mut n: u32) -> String {
    if n == 0 || n >= 4000 {
        return n.to_string();
    }
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// `A` … `Z`, `AA`, `BB`…
fn letter(n: u32) -> String {
    if n == 0 || n > 26 * 8 {
        return n.to_string();
    }
    let place = (n - 1) % 26;
    let times = (n - 1) / 26 + 1;
    let sign = char::from(b'A' + place as u8);
    std::iter::repeat_n(sign, times as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_a_law_writes_them() {
        let shown = |form: Form| [1, 4, 9, 27, 40].map(|n| form.shown(n)).join(" ");
        assert_eq!(shown(Form::Roman), "I IV IX XXVII XL");
        assert_eq!(shown(Form::SmallLetter), "a d i aa nn");
        assert_eq!(shown(Form::Ordinal), "1er 4e 9e 27e 40e");
        assert_eq!(shown(Form::TwoDigits), "01 04 09 27 40");
        assert_eq!((Form::Roman.shown(u32::MAX), Form::Letter.shown(0)), ("4294967295".into(), "0".into()));
    }
}
