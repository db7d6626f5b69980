//! Names that lead back to nobody: each account of the old platform becomes a pseudonym, the same everywhere in
//! one consultation and another in the next, by HMAC-SHA256 of the account's id under a key kept in `private/`.
//! Without the key nobody can test a guess. Keys are read and made in `io`.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet};

/// The secret of one consultation.
#[derive(Clone)]
pub struct Key(pub [u8; 32]);

/// Shown without its bytes.
impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// The digest of an account's id, or of words that nobody must be able to guess, in hexadecimal.
    pub(super) fn digest(&self, account: &str) -> String {
        self.digest_of(b"", account.as_bytes())
    }

    /// The digest of other bytes, which `purpose` keeps apart from those of accounts.
    pub(super) fn digest_of(&self, purpose: &[u8], bytes: &[u8]) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(purpose);
        mac.update(bytes);
        hex(&mac.finalize().into_bytes())
    }

    /// The pseudonym of one more account, which differs from those that are taken: six digits, or as many more as that
    /// needs.
    pub fn another(&self, account: &str, taken: impl Fn(&str) -> bool) -> Box<str> {
        let digest = self.digest(account);
        let name = |digits: usize| format!("Participant {}", digest.get(..digits).unwrap_or(&digest));
        let free = (DIGITS..=digest.len()).step_by(2).map(name).find(|name| !taken(name));
        free.unwrap_or_else(|| name(digest.len())).into()
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The pseudonyms of all the accounts of a consultation.
#[derive(Debug)]
pub struct Pseudonyms(BTreeMap<Box<str>, Box<str>>);

/// Digits of the digest that are shown when they are enough.
const DIGITS: usize = 6;

impl Pseudonyms {
    /// Gives each account the first six digits of its digest; accounts that would share them all get two more,
    /// until all differ. The result depends on the set of accounts and the key alone.
    pub fn new<'a>(key: &Key, accounts: impl IntoIterator<Item = &'a str>) -> Self {
        let accounts: BTreeSet<&str> = accounts.into_iter().collect();
        let digests: BTreeMap<&str, String> = accounts.iter().map(|a| (*a, key.digest(a))).collect();
        let mut length: BTreeMap<&str, usize> = accounts.iter().map(|a| (*a, DIGITS)).collect();
        loop {
            let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for (account, digest) in &digests {
                let shown = digest.get(..length[account]).unwrap_or(digest);
                groups.entry(shown).or_default().push(account);
            }
            let shared: Vec<&str> = groups.into_values().filter(|g| g.len() > 1).flatten().collect();
            let longer = shared.iter().any(|a| length[a] < digests[a].len());
            if shared.is_empty() || !longer {
                break;
            }
            for account in shared {
                length.entry(account).and_modify(|n| *n += 2);
            }
        }
        let name = |a: &str| format!("Participant {}", digests[a].get(..length[a]).unwrap_or(&digests[a]));
        Pseudonyms(accounts.iter().map(|a| ((*a).into(), name(a).into())).collect())
    }

    /// The pseudonym of an account.
    pub fn get(&self, account: &str) -> Option<&str> {
        self.0.get(account).map(|p| &**p)
    }

    /// Its digits alone, for the cell of a table.
    pub fn digits(&self, account: &str) -> Option<&str> {
        self.get(account).and_then(|pseudonym| pseudonym.rsplit(' ').next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_one_of_rfc_4231() {
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        // Test case 2; a key is padded with zeros, so 32 bytes give the same digest as 4.
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(Key(key).digest("what do ya want for nothing?"), expected);
    }

    #[test]
    fn pseudonyms_differ_by_account_and_by_key() {
        let accounts: Vec<String> = (0..20_000).map(|i| format!("a{i}")).collect();
        let one = Pseudonyms::new(&Key([1; 32]), accounts.iter().map(String::as_str));
        let distinct: BTreeSet<&str> = accounts.iter().map(|a| one.get(a).unwrap()).collect();
        assert_eq!(distinct.len(), accounts.len());
        assert!(distinct.iter().any(|p| p.len() > "Participant 123456".len()), "some must have collided");
        let two = Pseudonyms::new(&Key([2; 32]), ["a1"]);
        assert_ne!(one.get("a1"), two.get("a1"));
        assert!(one.get("a1").unwrap().starts_with("Participant "));
    }
}
