//! The preview on the author's own machine: the site is compiled into memory, served to this machine alone,
//! compiled again when a file changes, and open pages reload themselves. A build that fails leaves the last good
//! site, under a banner that lists what is wrong.
//!
//! [`serve`] is the whole journey. What is shown comes from a [`Site`]; how it is made is the caller's.

mod answer;
mod desk;
mod preview;
mod server;

pub use answer::{CONTENT_SECURITY_POLICY, HEADERS};
pub use desk::LocalDesk;
pub use preview::Preview;
pub use server::Server;

use super::watch::Watch;
use crate::desk::{Reply, Request};
use crate::error::Result;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the server shows.
pub trait Site: Send + Sync {
    /// The bytes of one file, by its path in the output (`a/index.html`); `None` when the site has no such file.
    fn get(&self, path: &str) -> Option<Arc<[u8]>>;
}

/// What answers below [`desk::ROOT`](crate::desk::ROOT): the moderation desk, which is no part of the site.
pub trait Desk: Send + Sync {
    /// Answers a request that came from this machine. It may read and write files, and takes its time.
    fn answer(&self, request: &Request) -> Reply;
}

/// What a rebuild came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rebuilt {
    /// The site is another one: open pages reload.
    Changed,
    /// Nothing that a reader could see.
    Same,
    /// The content is at fault; the diagnostics, as text. What `Site` shows should still be the last good site.
    Failed(String),
}

/// Serves a site until the process ends. `rebuild` is called once with no path, then with the paths (from the
/// root) that changed; no path means that anything may have. `ready` is told the address after the first build.
/// `port`: exactly this one; by default 4000, or the next that is free. `desk`: the moderation desk, where there is one.
pub fn serve(
    root: &Path,
    port: Option<u16>,
    site: Arc<dyn Site>,
    desk: Option<Arc<dyn Desk>>,
    mut rebuild: impl FnMut(&[PathBuf]) -> Rebuilt,
    ready: impl FnOnce(SocketAddr),
) -> Result<()> {
    // Watching begins before the first build reads anything, so that no change falls between the two.
    let mut watch = Watch::new(root)?;
    let server = Server::start_with(site, desk, port)?;
    server.tell(rebuild(&[]));
    ready(server.address());
    loop {
        let paths = watch.wait()?;
        server.tell(rebuild(&paths));
    }
}
