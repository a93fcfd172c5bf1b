//! The village's side of one phone: its process, its cable, its person.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use super::{
    child::{Line, Order},
    proxy::Proxy,
    screen::Screen,
};

/// Longest wait for something to appear on a screen while nothing is sent or read: a machine that does much
/// beside it is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why the day could not go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// The system would not.
    #[error("{0}")]
    System(#[from] std::io::Error),
    /// A phone ended or wrote nonsense.
    #[error("the phone of {0} has ended")]
    Gone(String),
    /// Something never appeared on a screen.
    #[error("{who}: waited in vain until {what}; the screen shows {shown}")]
    Waited { who: String, what: String, shown: String },
    /// A phone refused what it should have done.
    #[error("{who}: {why}")]
    Refused { who: String, why: String },
    /// A phone has caught its relay at a lie: the day ends here.
    #[error("caught")]
    Caught,
    /// Something else went wrong.
    #[error("{0}")]
    Other(String),
}

struct Running {
    child: Child,
    input: ChildStdin,
    lines: mpsc::Receiver<Line>,
}

/// One phone.
pub(crate) struct Phone {
    pub(crate) who: String,
    pub(crate) folder: PathBuf,
    pub(crate) proxy: Proxy,
    language: &'static str,
    running: Option<Running>,
}

impl Phone {
    pub(crate) fn start(
        who: &str,
        folder: &Path,
        proxy: Proxy,
        language: &'static str,
    ) -> Result<Self, Trouble> {
        let (who, folder) = (who.to_owned(), folder.to_owned());
        let mut phone = Self { who, folder, proxy, language, running: None };
        phone.switch_on()?;
        Ok(phone)
    }

    /// Starts the phone's process on its files.
    pub(crate) fn switch_on(&mut self) -> Result<(), Trouble> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("village-phone")
            .arg(&self.folder)
            .arg(self.proxy.relay())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let gone = || Trouble::Gone(self.who.clone());
        let input = child.stdin.take().ok_or_else(gone)?;
        let output = child.stdout.take().ok_or_else(gone)?;
        let (sender, lines) = mpsc::channel();
        std::thread::Builder::new().name("phone".to_owned()).spawn(move || {
            for line in BufReader::new(output).lines() {
                let Ok(line) = line else { return };
                let Ok(line) = serde_json::from_str(&line) else { continue };
                if sender.send(line).is_err() {
                    return;
                }
            }
        })?;
        self.running = Some(Running { child, input, lines });
        self.order(&Order::Speak(self.language.to_owned()))
    }

    /// Kills the phone's process at once, as a dead battery does.
    pub(crate) fn kill(&mut self) -> Result<(), Trouble> {
        if let Some(mut running) = self.running.take() {
            running.child.kill()?;
            running.child.wait()?;
        }
        Ok(())
    }

    /// Ends the phone's process in order.
    pub(crate) fn switch_off(&mut self) -> Result<(), Trouble> {
        let Some(mut running) = self.running.take() else { return Ok(()) };
        self.proxy.mend();
        // A phone that is gone already needs no word.
        let _ = writeln!(running.input, "\"Leave\"");
        drop(running.input);
        running.child.wait()?;
        Ok(())
    }

    fn running(&mut self) -> Result<&mut Running, Trouble> {
        self.running.as_mut().ok_or_else(|| Trouble::Gone(self.who.clone()))
    }

    /// Writes an order without waiting for its answer.
    pub(crate) fn write(&mut self, order: &Order) -> Result<(), Trouble> {
        let text = serde_json::to_string(order).map_err(|e| Trouble::Other(e.to_string()))?;
        writeln!(self.running()?.input, "{text}")?;
        Ok(())
    }

    /// Gives an order and waits until the phone took it.
    pub(crate) fn order(&mut self, order: &Order) -> Result<(), Trouble> {
        self.write(order)?;
        loop {
            match self.next_line(PATIENCE)? {
                Some(Line::Did(None)) => return Ok(()),
                Some(Line::Did(Some(why))) => {
                    return Err(Trouble::Refused { who: self.who.clone(), why });
                }
                Some(Line::Changed | Line::Screen(_)) => {}
                None => return Err(Trouble::Gone(self.who.clone())),
            }
        }
    }

    fn next_line(&mut self, wait: Duration) -> Result<Option<Line>, Trouble> {
        match self.running()?.lines.recv_timeout(wait) {
            Ok(line) => Ok(Some(line)),
            Err(mpsc::RecvTimeoutError::Timeout) => Ok(None),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(Trouble::Gone(self.who.clone())),
        }
    }

    /// Reads what the screens show.
    pub(crate) fn look(&mut self) -> Result<Screen, Trouble> {
        self.write(&Order::Look)?;
        loop {
            match self.next_line(PATIENCE)? {
                Some(Line::Screen(screen)) => return Ok(*screen),
                Some(Line::Changed | Line::Did(_)) => {}
                None => return Err(Trouble::Gone(self.who.clone())),
            }
        }
    }

    /// Waits until the screens show something; a person pulls to refresh now and then.
    #[expect(clippy::disallowed_methods, reason = "patience has an end")]
    pub(crate) fn wait(
        &mut self,
        what: &str,
        shown: impl Fn(&Screen) -> bool,
    ) -> Result<Screen, Trouble> {
        let mut moved = Instant::now();
        let (mut refreshed, mut at) = (moved, None);
        loop {
            let screen = self.look()?;
            if shown(&screen) {
                return Ok(screen);
            }
            let now_at = Some((screen.seq, screen.unsent, screen.handed_over));
            if at != now_at {
                (at, moved) = (now_at, Instant::now());
            }
            if screen.alarms.iter().any(|alarm| alarm.word != "hostile") {
                return Err(Trouble::Caught);
            }
            if moved.elapsed() > PATIENCE {
                let shown = serde_json::to_string(&screen).unwrap_or_default();
                let (who, what) = (self.who.clone(), what.to_owned());
                return Err(Trouble::Waited { who, what, shown });
            }
            if refreshed.elapsed() > Duration::from_millis(400) {
                self.order(&Order::Sync)?;
                refreshed = Instant::now();
            }
            // Woken by the phone itself when something moves.
            self.next_line(Duration::from_millis(100))?;
        }
    }

    /// Gives an order that a rule may refuse; a refusal ends the day.
    pub(crate) fn must(
        &mut self,
        order: &Order,
        what: &str,
        shown: impl Fn(&Screen) -> bool,
    ) -> Result<Screen, Trouble> {
        self.order(order)?;
        self.wait(what, shown)
    }

    /// Returns this phone's device.
    pub(crate) fn device(&mut self) -> Result<String, Trouble> {
        self.look()?.device.ok_or_else(|| Trouble::Other("no device".to_owned()))
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        // Nothing is left running when the day ends early.
        let _ = self.kill();
    }
}
