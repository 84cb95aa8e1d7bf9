//! A database that is put back, older or newer than the archives beside it.

use std::fs;

use tfe_console_server::back_up;

use super::support::{archive, archives_of, options_on, sha256};
use crate::support::Server;

#[tokio::test]
async fn an_older_database_in_the_place_of_a_newer_one_deletes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join("data.db"), folder.path().join("copy.db"));
    let server = Server::with(options_on(&file));
    let (first, second) = (server.create().await, server.create().await);
    assert_eq!(server.put(&first.path, archive(1000)).await.status, 200);
    back_up(&file, &copy).unwrap();
    assert_eq!(server.put(&second.path, archive(2000)).await.status, 200);
    let third = server.create().await;
    assert_eq!(server.put(&third.path, archive(3000)).await.status, 200);
    drop(server);

    fs::rename(&copy, &file).unwrap();
    let server = Server::with(options_on(&file));
    assert_eq!(archives_of(&file), ["1.tar.gz", "set-aside"]);
    let aside = folder.path().join("data.db.archives/set-aside");
    assert_eq!(fs::read(aside.join("2.tar.gz")).unwrap(), archive(2000));
    assert_eq!(fs::read(aside.join("3.tar.gz")).unwrap(), archive(3000));
    assert_eq!(server.progress(&first.token).await["status"], "uploaded");
    assert_eq!(server.progress(&second.token).await["status"], "pending");
    assert_eq!(server.put(&second.path, archive(2500)).await.status, 200);
    assert_eq!(server.create().await.version, 3);
}

/// The file of an archive is named by an id. A database that is put back does not know which ids were given after it.
#[tokio::test]
async fn no_archive_gets_the_name_of_another_whatever_database_is_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy, newer) =
        (folder.path().join("data.db"), folder.path().join("copy.db"), folder.path().join("newer.db"));
    let server = Server::with(options_on(&file));
    assert_eq!(server.put(&server.create().await.path, archive(1000)).await.status, 200);
    back_up(&file, &copy).unwrap();
    let second = server.create().await;
    assert_eq!(server.put(&second.path, archive(2000)).await.status, 200);
    drop(server);

    fs::rename(&file, &newer).unwrap();
    fs::rename(&copy, &file).unwrap();
    for _ in 0..2 {
        // Again after a restart, when the archive is set aside already.
        let server = Server::with(options_on(&file));
        let mut other = archive(2000);
        other[4] = 1;
        assert_eq!(server.put(&server.create().await.path, other).await.status, 200);
        drop(server);
    }
    fs::rename(&newer, &file).unwrap();
    let server = Server::with(options_on(&file));
    let progress = server.progress(&second.token).await;
    assert_eq!(progress["reason"], "The archive was uploaded and is missing on the server", "{progress}");
    let aside = folder.path().join("data.db.archives/set-aside");
    fs::rename(aside.join("2.tar.gz"), folder.path().join("data.db.archives/2.tar.gz")).unwrap();
    assert_eq!(server.progress(&second.token).await["sha256"], sha256(&archive(2000)));
}
