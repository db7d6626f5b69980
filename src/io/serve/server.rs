//! [`Server`]: HTTP/1.1 on this machine's own address, one thread beside the build. What is answered stands in
//! `answer`; here are the sockets, the guard at the door, and the stream by which open pages hear of a change.
//!
//! hyper on one tokio thread: `tiny_http` would be half a megabyte less, and has had no release since 2022.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::answer::{Answer, EVENTS, HEADERS, State, answer, is_local};
use super::{Desk, Rebuilt, Site};
use crate::desk;
use crate::error::{Error, Result};
use crate::say;
use http_body_util::channel::{Channel, Sender as Frames};
use http_body_util::{BodyExt, Either, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};
use tokio::sync::{oneshot, watch};

/// First port tried, and how many after it.
const PORTS: std::ops::Range<u16> = 4000..4020;
/// A connection that says nothing for so long is closed.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often an event stream shows that it lives, which is how a closed page is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// A running server; dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    state: watch::Sender<State>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on 127.0.0.1, where no other machine can reach it.
    pub fn start(site: Arc<dyn Site>, port: Option<u16>) -> Result<Self> {
        Self::start_with(site, None, port)
    }

    /// The same, with the moderation desk beside the site.
    pub fn start_with(site: Arc<dyn Site>, desk: Option<Arc<dyn Desk>>, port: Option<u16>) -> Result<Self> {
        let listener = listen(port)?;
        let failed =
            |e| Error::io("127.0.0.1", say!("le serveur ne démarre pas", "the server does not start"), e);
        let address = listener.local_addr().map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        // A page that was open before the server was started again must see another version.
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let (state, watched) = watch::channel(State { version: now.as_millis() as u64, problem: None });
        let (stop, stopped) = oneshot::channel();
        let run = move || {
            runtime.block_on(async {
                if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                    tokio::spawn(accept(listener, site, desk, watched));
                    let _ = stopped.await;
                }
            });
        };
        let thread = std::thread::Builder::new().name("serve".into()).spawn(run).map_err(failed)?;
        Ok(Server { address, state, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Tells open pages what a rebuild came to.
    pub fn tell(&self, rebuilt: Rebuilt) {
        self.state.send_if_modified(|state| match rebuilt {
            Rebuilt::Changed => {
                *state = State { version: state.version + 1, problem: None };
                true
            }
            Rebuilt::Same => state.problem.take().is_some(),
            Rebuilt::Failed(problem) => state.problem.replace(problem.clone()) != Some(problem),
        });
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn listen(port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    match port {
        Some(port) => bind(port).map_err(|e| {
            let what = say!(
                "le port {port} n'est pas libre ; donnez-en un autre avec --port",
                "port {port} is not free; give another one with --port"
            );
            Error::io(format!("127.0.0.1:{port}"), what, e)
        }),
        None => PORTS
            .map(bind)
            .find(Result::is_ok)
            .unwrap_or_else(|| bind(0))
            .map_err(|e| Error::io("127.0.0.1", say!("aucun port n'est libre", "no port is free"), e)),
    }
}

async fn accept(
    listener: tokio::net::TcpListener,
    site: Arc<dyn Site>,
    desk: Option<Arc<dyn Desk>>,
    state: watch::Receiver<State>,
) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, most often: connections that end will give some back.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (site, desk, state) = (site.clone(), desk.clone(), state.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let (site, desk, state) = (site.clone(), desk.clone(), state.clone());
            async move {
                Ok::<_, Infallible>(match desk.filter(|_| request.uri().path().starts_with(desk::ROOT)) {
                    Some(desk) => at_desk(request, desk).await,
                    None => respond(&request, &*site, &state),
                })
            }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            // A reader who went away is no one's error.
            let _ = connection.await;
        });
    }
}

/// Whether a request names this machine, and nothing else.
fn names_this_machine(request: &Request<Incoming>) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = request.uri().authority().map(|authority| authority.as_str());
    host.is_some_and(is_local) && authority.is_none_or(is_local)
}

fn stranger() -> Response<Body> {
    whole(Answer::text(403, "This preview answers to localhost and 127.0.0.1 only.\n"))
}

/// The moderation desk. A form is read whole, within a bound and within a time; files are read and written on a thread
/// of their own, so that open pages still hear of changes.
async fn at_desk(request: Request<Incoming>, desk: Arc<dyn Desk>) -> Response<Body> {
    if !names_this_machine(&request) {
        return stranger();
    }
    let post = request.method() == Method::POST;
    if !post && ![Method::GET, Method::HEAD].contains(request.method()) {
        return whole(Answer::text(405, "GET, HEAD, POST\n"));
    }
    let (head, body) = request.into_parts();
    let value = |name: &str| head.headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let body = if post {
        let read = Limited::new(body, desk::MOST).collect();
        match tokio::time::timeout(PATIENCE, read).await {
            Ok(Ok(body)) => String::from_utf8_lossy(&body.to_bytes()).into_owned(),
            Ok(Err(_)) => return whole(Answer::text(413, "This form is too large.\n")),
            Err(_) => return whole(Answer::text(408, "This form took too long.\n")),
        }
    } else {
        String::new()
    };
    let asked = desk::Request {
        post,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body,
        host: value("host").unwrap_or_default(),
        origin: value("origin"),
        site: value("sec-fetch-site"),
    };
    let reply = tokio::task::spawn_blocking(move || desk.answer(&asked)).await;
    let Ok(desk::Reply { status, kind, location, body }) = reply else {
        return whole(Answer::text(500, "500\n"));
    };
    let mut response = whole(Answer { status, kind, location, body });
    // With “no-referrer” a browser hides from its own site that a form is that site's.
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

fn respond(request: &Request<Incoming>, site: &dyn Site, state: &watch::Receiver<State>) -> Response<Body> {
    if !names_this_machine(request) {
        return stranger();
    }
    // The form of a consultation is sent to the page that thanks, where a host would keep it; here nothing is kept.
    let thanks =
        request.method() == Method::POST && request.uri().path().ends_with("/take-part/thanks/index.html");
    if ![Method::GET, Method::HEAD].contains(request.method()) && !thanks {
        let mut response = whole(Answer::text(405, "GET, HEAD\n"));
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    if request.uri().path() == EVENTS {
        return events(state.clone());
    }
    // The version first: a page made meanwhile is then newer than it says, and reloads once too often.
    let now = state.borrow().clone();
    whole(answer(site, &now, request.uri().path()))
}

fn whole(answer: Answer) -> Response<Body> {
    let mut response = Response::new(Either::Left(Full::new(Bytes::from(answer.body))));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or_default();
    if let Some(location) = answer.location.and_then(|to| HeaderValue::try_from(to).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    finished(response, answer.kind)
}

fn finished(mut response: Response<Body>, kind: &'static str) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in HEADERS {
        if let Ok(name) = header::HeaderName::try_from(name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// Server-Sent Events (HTML Living Standard, section 9.2): the state at once, then each time it changes.
fn events(state: watch::Receiver<State>) -> Response<Body> {
    let (frames, body) = Channel::new(4);
    tokio::spawn(feed(frames, state));
    finished(Response::new(Either::Right(body)), "text/event-stream")
}

async fn feed(mut frames: Frames<Bytes>, mut state: watch::Receiver<State>) {
    let mut words = String::from("retry: 1000\n");
    loop {
        let now = state.borrow_and_update().to_json();
        words.push_str(&format!("data: {now}\n\n"));
        if frames.send_data(Bytes::from(std::mem::take(&mut words))).await.is_err() {
            return;
        }
        loop {
            match tokio::time::timeout(HEARTBEAT, state.changed()).await {
                Ok(Ok(())) => break,
                Ok(Err(_)) => return,
                Err(_) if frames.send_data(Bytes::from_static(b":\n\n")).await.is_err() => return,
                Err(_) => {}
            }
        }
    }
}
