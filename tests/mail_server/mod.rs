//! A mail server on this machine, which speaks as much SMTP (RFC 5321) as it takes to be handed e-mails.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "shared by tests, each of which uses a part"
)]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mail_parser::{Message, MessageParser, MimeHeaders};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What it says to a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Takes,
    /// Not now.
    Busy,
    /// Nobody here has that name.
    Refuses,
}

#[derive(Clone)]
pub struct MailServer {
    pub at: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
    manner: Arc<Mutex<Manner>>,
    asked: Arc<Mutex<usize>>,
}

/// An e-mail as it was handed over.
#[derive(Debug, Clone)]
pub struct Taken {
    pub to: String,
    pub raw: Vec<u8>,
}

impl Taken {
    pub fn parsed(&self) -> Message<'_> {
        MessageParser::default().parse(&self.raw).unwrap()
    }

    pub fn subject(&self) -> String {
        self.parsed().subject().unwrap().to_owned()
    }

    pub fn text(&self) -> String {
        self.parsed().body_text(0).unwrap().into_owned()
    }

    pub fn id(&self) -> String {
        self.parsed().message_id().unwrap().to_owned()
    }

    /// The calendar files with the method that their part says, lines unfolded (RFC 5545, section 3.1).
    pub fn calendars(&self) -> Vec<(String, String)> {
        let parsed = self.parsed();
        let files = parsed.attachments().map(|part| {
            let kind = part.content_type().unwrap();
            assert_eq!((kind.ctype(), kind.subtype()), ("text", Some("calendar")));
            let method = kind.attribute("method").unwrap().to_owned();
            let file = String::from_utf8(part.contents().to_vec()).unwrap();
            (method, file.replace("\r\n", "\n").replace("\n ", ""))
        });
        files.collect()
    }
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            at: listener.local_addr().unwrap(),
            taken: Arc::default(),
            manner: Arc::new(Mutex::new(Manner::Takes)),
            asked: Arc::default(),
        };
        let own = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let own = own.clone();
                tokio::spawn(async move { own.talk(stream).await });
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("smtp://{}?tls=none", self.at)
    }

    pub fn behaves(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// How often somebody wanted to hand something over.
    pub fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }

    /// Waits until so many e-mails were handed over.
    #[track_caller]
    pub fn has(&self, count: usize) -> impl Future<Output = Vec<Taken>> + '_ {
        let caller = std::panic::Location::caller();
        async move {
            let began = Instant::now();
            while self.taken().len() < count {
                let taken = self.taken().len();
                assert!(began.elapsed() < Duration::from_secs(20), "{caller}: {taken} of {count} came");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            self.taken()
        }
    }

    async fn talk(self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let mut to = String::new();
        stream.write_all(b"220 mail.example\r\n").await.ok()?;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let said = line.trim_end().to_owned();
            let answer = match said.split(' ').next().unwrap() {
                "EHLO" => "250 mail.example",
                "RCPT" => {
                    *self.asked.lock().unwrap() += 1;
                    said.split(['<', '>']).nth(1).unwrap().clone_into(&mut to);
                    match *self.manner.lock().unwrap() {
                        Manner::Takes => "250 OK",
                        Manner::Busy => "451 later",
                        Manner::Refuses => "550 nobody",
                    }
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await.ok()?;
                    let raw = read_data(&mut stream).await?;
                    self.taken.lock().unwrap().push(Taken { to: to.clone(), raw });
                    "250 OK"
                }
                "QUIT" => "221 bye",
                _ => "250 OK",
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
    }
}

/// Everything up to the line with the only dot.
async fn read_data(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut raw = vec![];
    loop {
        let mut line = vec![];
        stream.read_until(b'\n', &mut line).await.ok().filter(|read| 0 < *read)?;
        if line == b".\r\n" {
            return Some(raw);
        }
        raw.extend(line.strip_prefix(b".").unwrap_or(&line));
    }
}
