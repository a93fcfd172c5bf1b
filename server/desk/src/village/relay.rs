//! The relay of the village: a process of its own, killed and started again.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use super::phone::Trouble;

/// What founding takes in the village.
pub(crate) const TOKEN: &str = "village-operator-token";

/// A relay process.
pub(crate) struct Relay {
    child: Child,
    data: PathBuf,
    pub(crate) address: SocketAddr,
}

impl Relay {
    /// Starts a relay on a free port of this machine.
    pub(crate) fn start(data: &Path) -> Result<Self, Trouble> {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let (child, address) = spawn(data, any)?;
        Ok(Self { child, data: data.to_owned(), address })
    }

    /// Kills the relay at once and starts it again on the same data and port.
    pub(crate) fn kill_and_restart(&mut self) -> Result<(), Trouble> {
        self.child.kill()?;
        self.child.wait()?;
        (self.child, self.address) = spawn(&self.data, self.address)?;
        Ok(())
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(data: &Path, listen: SocketAddr) -> Result<(Child, SocketAddr), Trouble> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["relay", "--operator-token", TOKEN, "--listen", &listen.to_string(), "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stdin(Stdio::null())
        .spawn()?;
    let mut line = String::new();
    if let Some(output) = child.stdout.take() {
        BufReader::new(output).read_line(&mut line)?;
    }
    let address = line.trim().rsplit('/').next().and_then(|address| address.parse().ok());
    let address = address.ok_or_else(|| Trouble::Other("the relay did not start".to_owned()))?;
    Ok((child, address))
}
