//! What is made from the command line itself: completions for shells, and manual pages.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Command;
use clap_complete::Shell;

/// Prints what a shell needs to complete commands.
pub(super) fn completions(shell: Shell, mut program: Command) {
    let mut script = vec![];
    clap_complete::generate(shell, &mut program, "cartwheel", &mut script);
    say!("{}", String::from_utf8_lossy(&script).trim_end());
}

/// Writes a manual page for the program and for each of its commands; how many there are.
pub(super) fn manual(folder: &Path, program: Command) -> anyhow::Result<usize> {
    let cannot = || format!("manual pages cannot be written to {}", folder.display());
    std::fs::create_dir_all(folder).with_context(cannot)?;
    let mut program = program;
    program.build();
    pages(folder, &program, "cartwheel").with_context(cannot)
}

fn pages(folder: &Path, command: &Command, name: &str) -> std::io::Result<usize> {
    let mut page = vec![];
    clap_mangen::Man::new(command.clone()).title(name).render(&mut page)?;
    let file: PathBuf = folder.join(format!("{name}.1"));
    std::fs::write(file, page)?;
    let below = command.get_subcommands().filter(|it| it.get_name() != "help");
    below
        .map(|below| pages(folder, below, &format!("{name}-{}", below.get_name())))
        .try_fold(1, |sum, pages| Ok(sum + pages?))
}
