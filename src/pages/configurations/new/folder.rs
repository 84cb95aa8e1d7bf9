//! A folder, and how it is handed over to what packs it: the rules first, so that what they leave out is neither entered
//! nor read.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::{File, FileSystemEntry};

use super::{
    drop::{entries_of, file_of},
    packing::{Listing, Packer, Problem, UNREADABLE},
};

/// More files to send than these are no configuration.
const MOST_FILES: usize = 200_000;

/// How many names are asked about, and how many files handed over, at once: more would hold up the page.
const BATCH: usize = 500;

const RULES: &str = ".terraformignore";

/// What is told of a folder with nothing in it.
const EMPTY: &str = "is an empty folder, and is not sent";

/// A folder.
#[derive(Clone)]
pub struct Folder {
    /// Its own name, with which each path in it begins.
    pub name: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a folder, as the browser gives it.
#[derive(Clone)]
pub enum Content {
    /// Of the field: all of its files, each with its path. The browser tells no empty folders.
    Picked(Rc<Vec<File>>),
    /// Dropped: it is walked entry by entry.
    Dropped(FileSystemEntry),
}

impl Folder {
    /// Says what of it will be sent.
    ///
    /// # Errors
    /// A sentence for the user: the folder itself or its rules cannot be read, or it is too large.
    pub async fn list(&self, packer: &Packer) -> Result<Listing, String> {
        let mut wanted = Wanted { packer, batch: Vec::new(), count: 0, problems: Vec::new() };
        match &self.content {
            Content::Picked(files) => self.pick(files, &mut wanted).await?,
            Content::Dropped(folder) => wanted.walk(folder.clone()).await?,
        }
        wanted.hand_over()?;
        packer.list(wanted.problems).await
    }

    async fn pick(&self, files: &[File], wanted: &mut Wanted<'_>) -> Result<(), String> {
        let rules = [&self.name, "/", RULES].concat();
        wanted.packer.rules(files.iter().find(|file| path_of(file) == rules).cloned()).await?;
        for files in files.chunks(BATCH) {
            let paths: Vec<String> = files.iter().map(path_of).collect();
            for place in wanted.packer.wanted(paths).await? {
                if let Some(file) = files.get(place as usize) {
                    wanted.add(path_of(file), file.clone())?;
                }
            }
        }
        Ok(())
    }
}

/// The files that are wanted, on their way to what packs them.
struct Wanted<'a> {
    packer: &'a Packer,
    batch: Vec<(String, File)>,
    count: usize,
    problems: Vec<Problem>,
}

impl Wanted<'_> {
    fn add(&mut self, path: String, file: File) -> Result<(), String> {
        self.count += 1;
        if self.count > MOST_FILES {
            return Err(["There are more than ", &MOST_FILES.to_string(), " files to send in this folder."].concat());
        }
        self.batch.push((path, file));
        if self.batch.len() >= BATCH { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> Result<(), String> {
        self.packer.take(std::mem::take(&mut self.batch))
    }

    /// Walks a folder that was dropped, without the folders that are left out.
    async fn walk(&mut self, root: FileSystemEntry) -> Result<(), String> {
        let top = entries_of(&root).await.map_err(|()| {
            path_in(&root) + " cannot be read. It may have been moved, or the browser may not read it."
        })?;
        let rules = match top.iter().find(|entry| entry.is_file() && entry.name() == RULES) {
            Some(entry) => Some(file_of(entry).await.map_err(|()| "The folder's .terraformignore cannot be read.")?),
            None => None,
        };
        self.packer.rules(rules).await?;
        let mut folders = Vec::new();
        self.sort(top, &mut folders).await?;
        while let Some(folder) = folders.pop() {
            match entries_of(&folder).await {
                Ok(entries) if entries.is_empty() => self.problems.push((path_in(&folder), EMPTY.to_owned())),
                Ok(entries) => self.sort(entries, &mut folders).await?,
                Err(()) => self.problems.push((path_in(&folder), UNREADABLE.to_owned())),
            }
        }
        Ok(())
    }

    /// Takes the files that are sent, and keeps the folders that are looked into.
    async fn sort(&mut self, entries: Vec<FileSystemEntry>, folders: &mut Vec<FileSystemEntry>) -> Result<(), String> {
        for entries in entries.chunks(BATCH) {
            let name = |entry: &FileSystemEntry| path_in(entry) + if entry.is_directory() { "/" } else { "" };
            for place in self.packer.wanted(entries.iter().map(name).collect()).await? {
                let Some(entry) = entries.get(place as usize) else { continue };
                if entry.is_directory() {
                    folders.push(entry.clone());
                } else if let Ok(file) = file_of(entry).await {
                    self.add(path_in(entry), file)?;
                } else {
                    self.problems.push((path_in(entry), UNREADABLE.to_owned()));
                }
            }
        }
        Ok(())
    }
}

/// The files of a field for folders as a folder; none if there is no file.
pub fn picked(files: Vec<File>) -> Option<Folder> {
    let name = path_of(files.first()?).split('/').next()?.to_owned();
    Some(Folder { name, content: Content::Picked(Rc::new(files)) })
}

/// Where a file is in the chosen folder, beginning with the folder's own name.
fn path_of(file: &File) -> String {
    let path = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath")).ok();
    path.and_then(|path| path.as_string()).filter(|path| !path.is_empty()).unwrap_or_else(|| file.name())
}

/// Where an entry is in the folder that was dropped, beginning with the folder's own name.
fn path_in(entry: &FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}
