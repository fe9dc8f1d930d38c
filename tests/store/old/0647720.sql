BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE badge (
	nth INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	person TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	revoked INTEGER NOT NULL, 
	body TEXT NOT NULL, session TEXT DEFAULT '' NOT NULL, rule TEXT DEFAULT '' NOT NULL, workshop TEXT DEFAULT '' NOT NULL, on_show INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (nth), 
	UNIQUE (id)
);
INSERT INTO "badge" VALUES(1,'47f3e7049e6d1efce41321de2c11ec61','web:1ada','story',0,'{"seal": "938e52ce94a283a6ad911553949ad3d3ad389443200494cb10c95448895b6f0b", "at": "2026-10-15T00:31:41.229141+00:00", "document": {"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "id": "urn:uuid:47f3e704-9e6d-4efc-a413-21de2c11ec61", "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Old Story", "issuer": {"id": "did:web:garden.example", "type": ["Profile"], "name": "The Garden", "url": "https://garden.example"}, "validFrom": "2026-10-15T00:30:41Z", "awardedDate": "2026-10-15T00:31:41Z", "credentialSubject": {"id": "urn:uuid:d133d942-1d30-50b9-afa2-3507e5707de2", "type": ["AchievementSubject"], "achievement": {"id": "https://garden.example/achievement/f7f8a853-2871-5685-89c2-ca71bcf402e0", "type": ["Achievement"], "name": "Old Story", "description": "Every way to answer, once.", "criteria": {"narrative": "This is true:\n- I told one moment", "id": "https://garden.example/achievement/f7f8a853-2871-5685-89c2-ca71bcf402e0#criteria"}, "achievementType": "Badge", "tag": ["Old circle", "story"], "inLanguage": "en"}, "role": "Storyteller"}, "credentialStatus": {"id": "https://garden.example/badges/list#8", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "8", "statusListCredential": "https://garden.example/badges/list"}, "proof": [{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2026-10-15T00:30:41Z", "verificationMethod": "did:web:garden.example#z6MkkQoWDetzcMayTcZUYdrZU3eSXXgALpnL5Q1wwPaiA3pG", "proofPurpose": "assertionMethod", "proofValue": "z3t9RWrmAbmA5n6mfFidMjdvXP5wEEcAJThKAcfM8pMp7KZTM9iuNqQHjziJ7P8CyNnxXyydXKFHujmSxJQdzHQkx"}]}}','a5ba56e8c23b','storyteller','old',0);
CREATE TABLE coming (
	"plan" TEXT NOT NULL, 
	occurrence TEXT NOT NULL, 
	person TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY ("plan", occurrence, person)
)
 WITHOUT ROWID

;
INSERT INTO "coming" VALUES('uyjdwyt','2026-12-01T19:00','web:1ada','{"t":"Coming","plan":"uyjdwyt","occurrence":"2026-12-01T19:00","person":"web:1ada","name":"Ada","needs":"I read by screen reader","room":"web:plan","zone":"UTC","how":"yes","since":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "coming" VALUES('uyjdwyt','2026-12-01T19:00','web:2bo','{"t":"Coming","plan":"uyjdwyt","occurrence":"2026-12-01T19:00","person":"web:2bo","name":"Bo","room":"web:plan","zone":"UTC","how":"maybe","since":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "coming" VALUES('uyjdwyt','2026-12-01T19:00','web:3chi','{"t":"Coming","plan":"uyjdwyt","occurrence":"2026-12-01T19:00","person":"web:3chi","name":"Chi","room":"web:plan","zone":"UTC","how":"no","since":"2026-11-27T22:31:41.229141+00:00"}');
CREATE TABLE cursor (
	platform TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (platform)
)
 WITHOUT ROWID

;
INSERT INTO "cursor" VALUES('discord','1576002622916132865');
INSERT INTO "cursor" VALUES('ledger','1');
INSERT INTO "cursor" VALUES('matrix','s31');
INSERT INTO "cursor" VALUES('web:rev','261');
INSERT INTO "cursor" VALUES('zone-rules','system version 2025b');
CREATE TABLE discord_place (
	name TEXT NOT NULL, 
	id TEXT NOT NULL, 
	PRIMARY KEY (name)
)
 WITHOUT ROWID

;
INSERT INTO "discord_place" VALUES('begun/b7eb27ccbfee22f1e5dcf1f5','1');
INSERT INTO "discord_place" VALUES('discord:1576002622475730947/hosts','1576002622861606912');
INSERT INTO "discord_place" VALUES('discord:panel/d0a815841b67','discord:1576002622895161344');
CREATE TABLE fact (
	session TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (session, seq)
)
 WITHOUT ROWID

;
INSERT INTO "fact" VALUES('162a1ffaf0af',1,'{"t":"Opened","session":"162a1ffaf0af","community":"web","script":"f1a574afc0db6a018bb2c0bbf61d8936","hosts_channel":"web:lobby/hosts","host":"web:0hedi","seed":"seed lobby","films":true,"keep_days":90,"at":"2026-11-27T22:31:41.229141+00:00","rooms":["web:lobby"]}');
INSERT INTO "fact" VALUES('162a1ffaf0af',2,'{"t":"PlaceReady","place":"private:web:1ada","channel":"web:lobby/~1ada","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('162a1ffaf0af',3,'{"t":"PersonJoined","person":"web:1ada","name":"Ada","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('162a1ffaf0af',4,'{"t":"PairWished","person":"web:1ada","at":"2026-11-27T22:31:41.229141+00:00","wish":"three"}');
INSERT INTO "fact" VALUES('24be9fa7f4ef',1,'{"t":"Opened","session":"24be9fa7f4ef","community":"matrix:!94fe7444c457046c:localhost","script":"a98f55a6008690b8e0a0e68b8aa81c12","hosts_channel":"matrix:!94fe7444c457046c:localhost/hosts","host":"matrix:@host:localhost","seed":"db7f9c82a425a160d785c6051ba4b872","at":"2026-11-27T22:31:48.072000+00:00","rooms":["matrix:!94fe7444c457046c:localhost"]}');
INSERT INTO "fact" VALUES('24be9fa7f4ef',2,'{"t":"PlaceReady","place":"private:matrix:@ada:localhost","channel":"matrix:~@ada:localhost","at":"2026-11-27T22:31:49.075000+00:00"}');
INSERT INTO "fact" VALUES('24be9fa7f4ef',3,'{"t":"PersonJoined","person":"matrix:@ada:localhost","name":"ada","room":"room:1","one_by_one":true,"at":"2026-11-27T22:31:49.075000+00:00"}');
INSERT INTO "fact" VALUES('24be9fa7f4ef',4,'{"t":"Begun","at":"2026-11-27T22:31:50.079000+00:00"}');
INSERT INTO "fact" VALUES('24be9fa7f4ef',5,'{"t":"Asked","step":"hello","visit":1,"at":"2026-11-27T22:31:50.079000+00:00","until":"2026-11-27T22:34:50.079000+00:00"}');
INSERT INTO "fact" VALUES('24be9fa7f4ef',6,'{"t":"Answered","answer":"a6","step":"hello","person":"matrix:@ada:localhost","field":"text","text":"Hello from Matrix","room":"room:1","source":"matrix:$5969f8d5fcb1195b214fffa5","at":"2026-11-27T22:31:51.083000+00:00"}');
INSERT INTO "fact" VALUES('24be9fa7f4ef',7,'{"t":"Completed","visit":1,"at":"2026-11-27T22:31:51.083000+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',1,'{"t":"Opened","session":"3d47bbd130f4","community":"web","script":"f1a574afc0db6a018bb2c0bbf61d8936","hosts_channel":"web:running/hosts","host":"web:0hedi","seed":"seed running","films":true,"keep_days":90,"at":"2026-11-27T22:31:41.229141+00:00","rooms":["web:running"]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',2,'{"t":"PlaceReady","place":"private:web:1ada","channel":"web:running/~1ada","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',3,'{"t":"PersonJoined","person":"web:1ada","name":"Ada","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',4,'{"t":"PlaceReady","place":"private:web:2bo","channel":"web:running/~2bo","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',5,'{"t":"PersonJoined","person":"web:2bo","name":"Bo","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',6,'{"t":"PlaceReady","place":"private:web:3chi","channel":"web:running/~3chi","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',7,'{"t":"PersonJoined","person":"web:3chi","name":"Chi","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',8,'{"t":"PlaceReady","place":"private:web:4dan","channel":"web:running/~4dan","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',9,'{"t":"PersonJoined","person":"web:4dan","name":"Dan","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',10,'{"t":"PlaceReady","place":"private:web:5eve","channel":"web:running/~5eve","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',11,'{"t":"PersonJoined","person":"web:5eve","name":"Eve","room":"room:1","reading":true,"at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',12,'{"t":"CompanionNamed","person":"web:4dan","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',13,'{"t":"ContactNamed","person":"web:2bo","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',14,'{"t":"KeptApart","at":"2026-11-27T22:31:41.229141+00:00","people":["web:1ada","web:3chi"]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',15,'{"t":"LanguageChosen","person":"web:2bo","language":"de","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',16,'{"t":"FollowWanted","person":"web:1ada","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',17,'{"t":"Begun","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',18,'{"t":"Asked","step":"hello","visit":1,"at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',19,'{"t":"Answered","answer":"a19","step":"hello","person":"web:1ada","field":"text","text":"","room":"room:1","source":"web:e156","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',20,'{"t":"Answered","answer":"a20","step":"hello","person":"web:2bo","field":"text","text":"On the train","room":"room:1","source":"web:e157","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',21,'{"t":"Amended","answer":"a19","field":"text","text":"Here with green tea","at":"2026-11-27T22:31:41.229141+00:00","blanks":[19]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',22,'{"t":"Answered","answer":"a22","step":"hello","person":"web:3chi","field":"text","text":"","room":"room:1","source":"web:e159","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',23,'{"t":"Withdrawn","answer":"a22","at":"2026-11-27T22:31:41.229141+00:00","blanks":[22]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',24,'{"t":"Answered","answer":"a24","step":"hello","person":"web:4dan","field":"text","text":"Sorry, what?","room":"room:1","source":"web:e161","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',25,'{"t":"LaidOut","step":"parked","visit":0,"at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',26,'{"t":"Answered","answer":"a26","step":"parked","person":"web:2bo","field":"text","text":"Budget, another time","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',27,'{"t":"LineSaid","name":"silence","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',28,'{"t":"Extended","at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:36:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',29,'{"t":"StepClosed","step":"hello","visit":1,"at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',30,'{"t":"Asked","step":"quiet","visit":2,"at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',31,'{"t":"Moved","step":"hello","visit":1,"closed":false,"left":300.0,"at":"2026-11-27T22:31:41.229141+00:00","said":[["room:1","prompt:2"]]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',32,'{"t":"Answered","answer":"a32","step":"quiet","person":"web:1ada","field":"text","text":"Quiet thought","room":"room:1","anonymous":true,"at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',33,'{"t":"Allowed","answer":"a32","at":"2026-11-27T22:31:41.229141+00:00","share":"anonymous"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',34,'{"t":"Answered","answer":"a34","step":"quiet","person":"web:2bo","field":"text","text":"Another thought","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',35,'{"t":"Allowed","answer":"a34","at":"2026-11-27T22:31:41.229141+00:00","share":"name"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',36,'{"t":"Passed","step":"quiet","person":"web:3chi","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',37,'{"t":"Writing","step":"quiet","person":"web:4dan","at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',38,'{"t":"Paused","why":"host","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',39,'{"t":"Resumed","at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',40,'{"t":"LookBegun","step":"quiet","visit":2,"at":"2026-11-27T22:31:41.229141+00:00","answers":["a32","a34"],"until":"2026-11-27T22:32:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',41,'{"t":"HeldBack","answer":"a32","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',42,'{"t":"HeldBack","answer":"a32","on":false,"at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',43,'{"t":"StepClosed","step":"quiet","visit":2,"at":"2026-11-27T22:31:41.229141+00:00","revealed":["a32","a34"],"until":"2026-11-27T22:32:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',44,'{"t":"Moved","step":"quiet","visit":2,"closed":false,"left":180.0,"at":"2026-11-27T22:31:41.229141+00:00","said":[["room:1","reveal:2:0"]]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',45,'{"t":"Asked","step":"gut","visit":3,"at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',46,'{"t":"Moved","step":"quiet","visit":2,"closed":true,"left":60.0,"at":"2026-11-27T22:31:41.229141+00:00","said":[["room:1","prompt:3"]]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',47,'{"t":"Picked","answer":"a47","step":"gut","person":"web:1ada","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00","picks":["up"]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',48,'{"t":"Picked","answer":"a48","step":"gut","person":"web:2bo","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00","picks":["down"]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',49,'{"t":"Picked","answer":"a49","step":"gut","person":"web:3chi","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00","picks":["up"]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',50,'{"t":"StepClosed","step":"gut","visit":3,"at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',51,'{"t":"Asked","step":"taps","visit":4,"at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',52,'{"t":"Moved","step":"gut","visit":3,"closed":false,"left":120.0,"at":"2026-11-27T22:31:41.229141+00:00","said":[["room:1","spread:3"],["room:1","prompt:4"]]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',53,'{"t":"Picked","answer":"a53","step":"taps","person":"web:1ada","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00","picks":["joy=4","use=2"]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',54,'{"t":"Picked","answer":"a54","step":"taps","person":"web:2bo","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00","picks":["joy=3","use=?"]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',55,'{"t":"StepClosed","step":"taps","visit":4,"at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',56,'{"t":"Asked","step":"talk","visit":5,"at":"2026-11-27T22:31:41.229141+00:00","until":"2026-11-27T22:35:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',57,'{"t":"PairsFormed","step":"talk","at":"2026-11-27T22:31:41.229141+00:00","pairs":{"pair:5.1":["web:3chi","web:2bo"]}}');
INSERT INTO "fact" VALUES('3d47bbd130f4',58,'{"t":"Moved","step":"taps","visit":4,"closed":false,"left":120.0,"at":"2026-11-27T22:31:41.229141+00:00","said":[["room:1","spread:4"],["room:1","prompt:5"],["pair:5.1","prompt:5"]]}');
INSERT INTO "fact" VALUES('3d47bbd130f4',59,'{"t":"PlaceReady","place":"pair:5.1","channel":"web:running/t9242e7075d5b","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',60,'{"t":"Answered","answer":"a60","step":"talk","person":"web:1ada","field":"line","text":"We agree","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',61,'{"t":"DoorSet","locked":true,"at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('3d47bbd130f4',62,'{"t":"PersonLeft","person":"web:4dan","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',1,'{"t":"Opened","session":"a5ba56e8c23b","community":"web","script":"f1a574afc0db6a018bb2c0bbf61d8936","hosts_channel":"web:closed/hosts","host":"web:0hedi","seed":"seed closed","films":true,"keep_days":90,"at":"2026-10-13T22:31:41.229141+00:00","rooms":["web:closed"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',2,'{"t":"PlaceReady","place":"private:web:1ada","channel":"web:closed/~1ada","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',3,'{"t":"PersonJoined","person":"web:1ada","name":"Ada","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',4,'{"t":"PlaceReady","place":"private:web:2bo","channel":"web:closed/~2bo","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',5,'{"t":"PersonJoined","person":"web:2bo","name":"Bo","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',6,'{"t":"PlaceReady","place":"private:web:3chi","channel":"web:closed/~3chi","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',7,'{"t":"PersonJoined","person":"web:3chi","name":"Chi","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',8,'{"t":"PlaceReady","place":"private:web:4dan","channel":"web:closed/~4dan","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',9,'{"t":"PersonJoined","person":"web:4dan","name":"Dan","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',10,'{"t":"PlaceReady","place":"private:web:5eve","channel":"web:closed/~5eve","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',11,'{"t":"PersonJoined","person":"web:5eve","name":"Eve","room":"room:1","reading":true,"at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',12,'{"t":"CompanionNamed","person":"web:4dan","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',13,'{"t":"ContactNamed","person":"web:2bo","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',14,'{"t":"KeptApart","at":"2026-10-13T22:31:41.229141+00:00","people":["web:1ada","web:3chi"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',15,'{"t":"LanguageChosen","person":"web:2bo","language":"de","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',16,'{"t":"FollowWanted","person":"web:1ada","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',17,'{"t":"Begun","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',18,'{"t":"Asked","step":"hello","visit":1,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',19,'{"t":"Answered","answer":"a19","step":"hello","person":"web:1ada","field":"text","text":"","room":"room:1","source":"web:e13","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',20,'{"t":"Answered","answer":"a20","step":"hello","person":"web:2bo","field":"text","text":"On the train","room":"room:1","source":"web:e14","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',21,'{"t":"Amended","answer":"a19","field":"text","text":"Here with green tea","at":"2026-10-13T22:31:41.229141+00:00","blanks":[19]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',22,'{"t":"Answered","answer":"a22","step":"hello","person":"web:3chi","field":"text","text":"","room":"room:1","source":"web:e16","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',23,'{"t":"Withdrawn","answer":"a22","at":"2026-10-13T22:31:41.229141+00:00","blanks":[22]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',24,'{"t":"Answered","answer":"a24","step":"hello","person":"web:4dan","field":"text","text":"Sorry, what?","room":"room:1","source":"web:e18","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',25,'{"t":"LaidOut","step":"parked","visit":0,"at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',26,'{"t":"Answered","answer":"a26","step":"parked","person":"web:2bo","field":"text","text":"Budget, another time","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',27,'{"t":"LineSaid","name":"silence","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',28,'{"t":"Extended","at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:36:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',29,'{"t":"StepClosed","step":"hello","visit":1,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',30,'{"t":"Asked","step":"quiet","visit":2,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',31,'{"t":"Moved","step":"hello","visit":1,"closed":false,"left":300.0,"at":"2026-10-13T22:31:41.229141+00:00","said":[["room:1","prompt:2"]]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',32,'{"t":"Answered","answer":"a32","step":"quiet","person":"web:1ada","field":"text","text":"Quiet thought","room":"room:1","anonymous":true,"at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',33,'{"t":"Allowed","answer":"a32","at":"2026-10-13T22:31:41.229141+00:00","share":"anonymous"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',34,'{"t":"Answered","answer":"a34","step":"quiet","person":"web:2bo","field":"text","text":"Another thought","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',35,'{"t":"Allowed","answer":"a34","at":"2026-10-13T22:31:41.229141+00:00","share":"name"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',36,'{"t":"Passed","step":"quiet","person":"web:3chi","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',37,'{"t":"Writing","step":"quiet","person":"web:4dan","at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',38,'{"t":"Paused","why":"host","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',39,'{"t":"Resumed","at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',40,'{"t":"LookBegun","step":"quiet","visit":2,"at":"2026-10-13T22:31:41.229141+00:00","answers":["a32","a34"],"until":"2026-10-13T22:32:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',41,'{"t":"HeldBack","answer":"a32","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',42,'{"t":"HeldBack","answer":"a32","on":false,"at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',43,'{"t":"StepClosed","step":"quiet","visit":2,"at":"2026-10-13T22:31:41.229141+00:00","revealed":["a32","a34"],"until":"2026-10-13T22:32:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',44,'{"t":"Moved","step":"quiet","visit":2,"closed":false,"left":180.0,"at":"2026-10-13T22:31:41.229141+00:00","said":[["room:1","reveal:2:0"]]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',45,'{"t":"Asked","step":"gut","visit":3,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',46,'{"t":"Moved","step":"quiet","visit":2,"closed":true,"left":60.0,"at":"2026-10-13T22:31:41.229141+00:00","said":[["room:1","prompt:3"]]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',47,'{"t":"Picked","answer":"a47","step":"gut","person":"web:1ada","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00","picks":["up"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',48,'{"t":"Picked","answer":"a48","step":"gut","person":"web:2bo","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00","picks":["down"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',49,'{"t":"Picked","answer":"a49","step":"gut","person":"web:3chi","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00","picks":["up"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',50,'{"t":"StepClosed","step":"gut","visit":3,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',51,'{"t":"Asked","step":"taps","visit":4,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',52,'{"t":"Moved","step":"gut","visit":3,"closed":false,"left":120.0,"at":"2026-10-13T22:31:41.229141+00:00","said":[["room:1","spread:3"],["room:1","prompt:4"]]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',53,'{"t":"Picked","answer":"a53","step":"taps","person":"web:1ada","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00","picks":["joy=4","use=2"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',54,'{"t":"Picked","answer":"a54","step":"taps","person":"web:2bo","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00","picks":["joy=3","use=?"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',55,'{"t":"StepClosed","step":"taps","visit":4,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',56,'{"t":"Asked","step":"talk","visit":5,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:35:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',57,'{"t":"PairsFormed","step":"talk","at":"2026-10-13T22:31:41.229141+00:00","pairs":{"pair:5.1":["web:1ada","web:2bo"]}}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',58,'{"t":"Moved","step":"taps","visit":4,"closed":false,"left":120.0,"at":"2026-10-13T22:31:41.229141+00:00","said":[["room:1","spread:4"],["room:1","prompt:5"],["pair:5.1","prompt:5"]]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',59,'{"t":"PlaceReady","place":"pair:5.1","channel":"web:closed/t48c8cf1503d2","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',60,'{"t":"StepClosed","step":"talk","visit":5,"quiet":true,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:32:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',61,'{"t":"Moved","step":"talk","visit":5,"closed":false,"left":240.0,"at":"2026-10-13T22:31:41.229141+00:00","said":[]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',62,'{"t":"Asked","step":"tale","visit":6,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:36:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',63,'{"t":"Moved","step":"talk","visit":5,"closed":true,"left":60.0,"at":"2026-10-13T22:31:41.229141+00:00","said":[["room:1","prompt:6"]]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',64,'{"t":"Answered","answer":"a64","step":"tale","person":"web:1ada","field":"moment","text":"The key was lost, and found.","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',65,'{"t":"Answered","answer":"a64","step":"tale","person":"web:1ada","field":"idea","text":"A second key","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',66,'{"t":"Allowed","answer":"a64","at":"2026-10-13T22:31:41.229141+00:00","share":"name"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',67,'{"t":"ToldOnce","person":"web:1ada","what":"others","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',68,'{"t":"Answered","answer":"a68","step":"tale","person":"web:2bo","field":"moment","text":"Nobody came, and it was fine.","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',69,'{"t":"Answered","answer":"a68","step":"tale","person":"web:2bo","field":"idea","text":"A shorter hour","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',70,'{"t":"Completed","visit":6,"at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',71,'{"t":"Answered","answer":"a71","step":"tale","person":"web:3chi","field":"moment","text":"Ada helped me with the form.","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',72,'{"t":"Completed","visit":6,"at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',73,'{"t":"Allowed","answer":"a71","at":"2026-10-13T22:31:41.229141+00:00","share":"anonymous"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',74,'{"t":"StepClosed","step":"tale","visit":6,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',75,'{"t":"Asked","step":"wall","visit":7,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',76,'{"t":"Hung","step":"wall","at":"2026-10-13T22:31:41.229141+00:00","answers":["a64","a71"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',77,'{"t":"Moved","step":"tale","visit":6,"closed":false,"left":300.0,"at":"2026-10-13T22:31:41.229141+00:00","said":[["room:1","prompt:7"],["room:1","gallery:7:0"]]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',78,'{"t":"ReactedTo","step":"wall","answer":"a64","person":"web:3chi","sign":"same","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',79,'{"t":"Reported","person":"web:4dan","answer":"a71","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',80,'{"t":"ToldOnce","person":"web:2bo","what":"report:a71:79","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',81,'{"t":"StepClosed","step":"wall","visit":7,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',82,'{"t":"Asked","step":"pick","visit":8,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',83,'{"t":"Moved","step":"wall","visit":7,"closed":false,"left":180.0,"at":"2026-10-13T22:31:41.229141+00:00","said":[["room:1","prompt:8"]]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',84,'{"t":"Picked","answer":"a84","step":"pick","person":"web:1ada","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00","picks":["rest"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',85,'{"t":"Picked","answer":"a85","step":"pick","person":"web:3chi","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00","picks":["rest"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',86,'{"t":"StepClosed","step":"pick","visit":8,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',87,'{"t":"Asked","step":"word","visit":9,"at":"2026-10-13T22:31:41.229141+00:00","until":"2026-10-13T22:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',88,'{"t":"Moved","step":"pick","visit":8,"closed":false,"left":180.0,"at":"2026-10-13T22:31:41.229141+00:00","said":[["room:1","spread:8"],["room:1","prompt:9"]]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',89,'{"t":"Answered","answer":"a89","step":"word","person":"web:4dan","field":"text","text":"lighter","room":"room:1","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',90,'{"t":"Thanked","thanks":"1","by":"web:3chi","person":"web:1ada","text":"for helping me with the form","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',91,'{"t":"TakenIn","step":"parked","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',92,'{"t":"Turned","at":"2026-10-13T22:31:41.229141+00:00","phase":"tail","until":"2026-10-14T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',93,'{"t":"WordsShown","person":"web:1ada","name":"my:web:e61:2","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',94,'{"t":"WordsShown","person":"web:2bo","name":"my:web:e61:3","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',95,'{"t":"WordsShown","person":"web:3chi","name":"my:web:e61:4","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',96,'{"t":"WordsShown","person":"web:4dan","name":"my:web:e61:5","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',97,'{"t":"Proposed","person":"web:1ada","rule":"storyteller","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',98,'{"t":"Proposed","person":"web:3chi","rule":"storyteller","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',99,'{"t":"Proposed","person":"web:0hedi","rule":"host","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',100,'{"t":"Recognised","person":"web:1ada","rule":"storyteller","why":"story","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',101,'{"t":"Allowed","answer":"a19","at":"2026-10-13T22:31:41.229141+00:00","share":"name"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',102,'{"t":"FilmAllowed","answer":"a19","on":true,"at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',103,'{"t":"ThreadWoven","number":"1","by":"web:0hedi","text":"Keys ran through it all","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',104,'{"t":"Turned","at":"2026-10-14T22:31:41.229141+00:00","phase":"review","until":"2026-10-15T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',105,'{"t":"Turned","at":"2026-10-15T00:31:41.229141+00:00","phase":"following","until":"2026-11-12T00:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',106,'{"t":"BadgeIssued","person":"web:1ada","rule":"storyteller","badge":"47f3e7049e6d1efce41321de2c11ec61","at":"2026-10-15T00:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',107,'{"t":"LaidOut","step":"later","visit":10,"at":"2026-10-29T00:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',108,'{"t":"RecapFrozen","at":"2026-10-29T00:31:41.229141+00:00","answers":["a19","a32","a34","a64","a71"]}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',109,'{"t":"Answered","answer":"a109","step":"later","person":"web:1ada","field":"now","text":"The second key hangs there.","room":"room:1","at":"2026-10-31T01:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('a5ba56e8c23b',110,'{"t":"Turned","at":"2026-11-26T19:31:41.229141+00:00","phase":"closed"}');
INSERT INTO "fact" VALUES('ba2e18847235',1,'{"t":"Opened","session":"ba2e18847235","community":"web","script":"cce2327ee1731f51440b8b2ead0514e8","hosts_channel":"web:days/hosts","host":"web:0hedi","seed":"seed days","films":true,"keep_days":90,"at":"2026-11-27T22:31:41.229141+00:00","rooms":["web:days"],"mode":"async"}');
INSERT INTO "fact" VALUES('ba2e18847235',2,'{"t":"PlaceReady","place":"private:web:1ada","channel":"web:days/~1ada","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ba2e18847235',3,'{"t":"PersonJoined","person":"web:1ada","name":"Ada","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ba2e18847235',4,'{"t":"PlaceReady","place":"private:web:2bo","channel":"web:days/~2bo","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ba2e18847235',5,'{"t":"PersonJoined","person":"web:2bo","name":"Bo","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ba2e18847235',6,'{"t":"PlaceReady","place":"private:web:3chi","channel":"web:days/~3chi","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ba2e18847235',7,'{"t":"PersonJoined","person":"web:3chi","name":"Chi","room":"room:1","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ba2e18847235',8,'{"t":"Begun","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ba2e18847235',9,'{"t":"RemindWanted","person":"web:1ada","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('community:discord:1576002622475730945',1,'{"t":"CommunityHostNamed","person":"discord:1576002622475730944","at":"2026-11-27T22:31:45.989000+00:00"}');
INSERT INTO "fact" VALUES('community:discord:1576002622475730945',2,'{"t":"SessionOpened","session":"d0a815841b67","workshop":"old","room":"discord:1576002622475730947","host":"discord:1576002622475730944","at":"2026-11-27T22:31:45.989000+00:00"}');
INSERT INTO "fact" VALUES('community:matrix:!94fe7444c457046c:localhost',1,'{"t":"CommunityHostNamed","person":"matrix:@host:localhost","at":"2026-11-27T22:31:48.072000+00:00"}');
INSERT INTO "fact" VALUES('community:matrix:!94fe7444c457046c:localhost',2,'{"t":"SessionOpened","session":"24be9fa7f4ef","workshop":"old","room":"matrix:!94fe7444c457046c:localhost","host":"matrix:@host:localhost","at":"2026-11-27T22:31:48.072000+00:00"}');
INSERT INTO "fact" VALUES('community:web',1,'{"t":"CommunityHostNamed","person":"web:0hedi","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('community:web',2,'{"t":"SessionOpened","session":"a5ba56e8c23b","workshop":"old","room":"web:closed","host":"web:0hedi","at":"2026-10-13T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('community:web',3,'{"t":"SessionOpened","session":"ff9ddfa4841a","workshop":"old","room":"web:review","host":"web:0hedi","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('community:web',4,'{"t":"SessionOpened","session":"ba2e18847235","workshop":"old","room":"web:days","host":"web:0hedi","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('community:web',5,'{"t":"SessionOpened","session":"3d47bbd130f4","workshop":"old","room":"web:running","host":"web:0hedi","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('community:web',6,'{"t":"SessionOpened","session":"162a1ffaf0af","workshop":"old","room":"web:lobby","host":"web:0hedi","at":"2026-11-27T22:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('d0a815841b67',1,'{"t":"Opened","session":"d0a815841b67","community":"discord:1576002622475730945","script":"a98f55a6008690b8e0a0e68b8aa81c12","hosts_channel":"discord:1576002622475730947/hosts","host":"discord:1576002622475730944","seed":"3f15a5cfbc0a99e3558e5a8a68209c87","at":"2026-11-27T22:31:45.989000+00:00","rooms":["discord:1576002622475730947"]}');
INSERT INTO "fact" VALUES('d0a815841b67',2,'{"t":"PlaceReady","place":"private:discord:1576002622844829697","channel":"discord:~1576002622844829697","at":"2026-11-27T22:31:45.999000+00:00"}');
INSERT INTO "fact" VALUES('d0a815841b67',3,'{"t":"PersonJoined","person":"discord:1576002622844829697","name":"Ada","room":"room:1","at":"2026-11-27T22:31:45.999000+00:00"}');
INSERT INTO "fact" VALUES('d0a815841b67',4,'{"t":"PlaceReady","place":"private:discord:1576002622844829698","channel":"discord:~1576002622844829698","at":"2026-11-27T22:31:46.007000+00:00"}');
INSERT INTO "fact" VALUES('d0a815841b67',5,'{"t":"PersonJoined","person":"discord:1576002622844829698","name":"Bo","room":"room:1","at":"2026-11-27T22:31:46.007000+00:00"}');
INSERT INTO "fact" VALUES('d0a815841b67',6,'{"t":"PlaceReady","place":"private:discord:1576002622844829699","channel":"discord:~1576002622844829699","at":"2026-11-27T22:31:46.012000+00:00"}');
INSERT INTO "fact" VALUES('d0a815841b67',7,'{"t":"PersonJoined","person":"discord:1576002622844829699","name":"Chi","room":"room:1","at":"2026-11-27T22:31:46.012000+00:00"}');
INSERT INTO "fact" VALUES('d0a815841b67',8,'{"t":"PlaceReady","place":"private:discord:1576002622844829700","channel":"discord:~1576002622844829700","at":"2026-11-27T22:31:46.014000+00:00"}');
INSERT INTO "fact" VALUES('d0a815841b67',9,'{"t":"PersonJoined","person":"discord:1576002622844829700","name":"Dan","room":"room:1","at":"2026-11-27T22:31:46.014000+00:00"}');
INSERT INTO "fact" VALUES('d0a815841b67',10,'{"t":"Begun","at":"2026-11-27T22:31:46.016000+00:00"}');
INSERT INTO "fact" VALUES('d0a815841b67',11,'{"t":"Asked","step":"hello","visit":1,"at":"2026-11-27T22:31:46.016000+00:00","until":"2026-11-27T22:34:46.016000+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',1,'{"t":"Opened","session":"ff9ddfa4841a","community":"web","script":"f1a574afc0db6a018bb2c0bbf61d8936","hosts_channel":"web:review/hosts","host":"web:0hedi","seed":"seed review","films":true,"keep_days":90,"at":"2026-11-26T19:31:41.229141+00:00","rooms":["web:review"]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',2,'{"t":"PlaceReady","place":"private:web:1ada","channel":"web:review/~1ada","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',3,'{"t":"PersonJoined","person":"web:1ada","name":"Ada","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',4,'{"t":"PlaceReady","place":"private:web:2bo","channel":"web:review/~2bo","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',5,'{"t":"PersonJoined","person":"web:2bo","name":"Bo","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',6,'{"t":"PlaceReady","place":"private:forgotten:d7ea77efe41c","channel":"web:review/~3chi","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',7,'{"t":"PersonJoined","person":"forgotten:d7ea77efe41c","name":"","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',8,'{"t":"PlaceReady","place":"private:web:4dan","channel":"web:review/~4dan","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',9,'{"t":"PersonJoined","person":"web:4dan","name":"Dan","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',10,'{"t":"PlaceReady","place":"private:web:5eve","channel":"web:review/~5eve","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',11,'{"t":"PersonJoined","person":"web:5eve","name":"Eve","room":"room:1","reading":true,"at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',12,'{"t":"CompanionNamed","person":"web:4dan","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',13,'{"t":"ContactNamed","person":"web:2bo","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',14,'{"t":"KeptApart","at":"2026-11-26T19:31:41.229141+00:00","people":["web:1ada","forgotten:d7ea77efe41c"]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',15,'{"t":"LanguageChosen","person":"web:2bo","language":"de","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',16,'{"t":"FollowWanted","person":"web:1ada","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',17,'{"t":"Begun","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',18,'{"t":"Asked","step":"hello","visit":1,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',19,'{"t":"Answered","answer":"a19","step":"hello","person":"web:1ada","field":"text","text":"","room":"room:1","source":"web:e85","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',20,'{"t":"Answered","answer":"a20","step":"hello","person":"web:2bo","field":"text","text":"On the train","room":"room:1","source":"web:e86","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',21,'{"t":"Amended","answer":"a19","field":"text","text":"Here with green tea","at":"2026-11-26T19:31:41.229141+00:00","blanks":[19]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',22,'{"t":"Answered","answer":"a22","step":"hello","person":"forgotten:d7ea77efe41c","field":"text","text":"","room":"room:1","source":"web:e88","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',23,'{"t":"Withdrawn","answer":"a22","at":"2026-11-26T19:31:41.229141+00:00","blanks":[22]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',24,'{"t":"Answered","answer":"a24","step":"hello","person":"web:4dan","field":"text","text":"Sorry, what?","room":"room:1","source":"web:e90","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',25,'{"t":"LaidOut","step":"parked","visit":0,"at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',26,'{"t":"Answered","answer":"a26","step":"parked","person":"web:2bo","field":"text","text":"Budget, another time","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',27,'{"t":"LineSaid","name":"silence","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',28,'{"t":"Extended","at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:36:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',29,'{"t":"StepClosed","step":"hello","visit":1,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',30,'{"t":"Asked","step":"quiet","visit":2,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',31,'{"t":"Moved","step":"hello","visit":1,"closed":false,"left":300.0,"at":"2026-11-26T19:31:41.229141+00:00","said":[["room:1","prompt:2"]]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',32,'{"t":"Answered","answer":"a32","step":"quiet","person":"web:1ada","field":"text","text":"","room":"room:1","anonymous":true,"at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',33,'{"t":"Allowed","answer":"a32","at":"2026-11-26T19:31:41.229141+00:00","share":"anonymous"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',34,'{"t":"Answered","answer":"a34","step":"quiet","person":"web:2bo","field":"text","text":"Another thought","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',35,'{"t":"Allowed","answer":"a34","at":"2026-11-26T19:31:41.229141+00:00","share":"name"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',36,'{"t":"Passed","step":"quiet","person":"forgotten:d7ea77efe41c","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',37,'{"t":"Writing","step":"quiet","person":"web:4dan","at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',38,'{"t":"Paused","why":"host","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',39,'{"t":"Resumed","at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',40,'{"t":"LookBegun","step":"quiet","visit":2,"at":"2026-11-26T19:31:41.229141+00:00","answers":["a34","a32"],"until":"2026-11-26T19:32:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',41,'{"t":"HeldBack","answer":"a34","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',42,'{"t":"HeldBack","answer":"a34","on":false,"at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',43,'{"t":"StepClosed","step":"quiet","visit":2,"at":"2026-11-26T19:31:41.229141+00:00","revealed":["a34","a32"],"until":"2026-11-26T19:32:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',44,'{"t":"Moved","step":"quiet","visit":2,"closed":false,"left":180.0,"at":"2026-11-26T19:31:41.229141+00:00","said":[["room:1","reveal:2:0"]]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',45,'{"t":"Asked","step":"gut","visit":3,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',46,'{"t":"Moved","step":"quiet","visit":2,"closed":true,"left":60.0,"at":"2026-11-26T19:31:41.229141+00:00","said":[["room:1","prompt:3"]]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',47,'{"t":"Picked","answer":"a47","step":"gut","person":"web:1ada","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00","picks":["up"]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',48,'{"t":"Picked","answer":"a48","step":"gut","person":"web:2bo","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00","picks":["down"]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',49,'{"t":"Picked","answer":"a49","step":"gut","person":"forgotten:d7ea77efe41c","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00","picks":["up"]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',50,'{"t":"StepClosed","step":"gut","visit":3,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',51,'{"t":"Asked","step":"taps","visit":4,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',52,'{"t":"Moved","step":"gut","visit":3,"closed":false,"left":120.0,"at":"2026-11-26T19:31:41.229141+00:00","said":[["room:1","spread:3"],["room:1","prompt:4"]]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',53,'{"t":"Picked","answer":"a53","step":"taps","person":"web:1ada","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00","picks":["joy=4","use=2"]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',54,'{"t":"Picked","answer":"a54","step":"taps","person":"web:2bo","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00","picks":["joy=3","use=?"]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',55,'{"t":"StepClosed","step":"taps","visit":4,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',56,'{"t":"Asked","step":"talk","visit":5,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:35:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',57,'{"t":"PairsFormed","step":"talk","at":"2026-11-26T19:31:41.229141+00:00","pairs":{"pair:5.1":["forgotten:d7ea77efe41c","web:2bo"]}}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',58,'{"t":"Moved","step":"taps","visit":4,"closed":false,"left":120.0,"at":"2026-11-26T19:31:41.229141+00:00","said":[["room:1","spread:4"],["room:1","prompt:5"],["pair:5.1","prompt:5"]]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',59,'{"t":"PlaceReady","place":"pair:5.1","channel":"web:review/t8d3ad3b174e7","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',60,'{"t":"StepClosed","step":"talk","visit":5,"quiet":true,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:32:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',61,'{"t":"Moved","step":"talk","visit":5,"closed":false,"left":240.0,"at":"2026-11-26T19:31:41.229141+00:00","said":[]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',62,'{"t":"Asked","step":"tale","visit":6,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:36:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',63,'{"t":"Moved","step":"talk","visit":5,"closed":true,"left":60.0,"at":"2026-11-26T19:31:41.229141+00:00","said":[["room:1","prompt:6"]]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',64,'{"t":"Answered","answer":"a64","step":"tale","person":"web:1ada","field":"moment","text":"The key was lost, and found.","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',65,'{"t":"Answered","answer":"a64","step":"tale","person":"web:1ada","field":"idea","text":"A second key","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',66,'{"t":"Allowed","answer":"a64","at":"2026-11-26T19:31:41.229141+00:00","share":"name"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',67,'{"t":"ToldOnce","person":"web:1ada","what":"others","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',68,'{"t":"Answered","answer":"a68","step":"tale","person":"web:2bo","field":"moment","text":"Nobody came, and it was fine.","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',69,'{"t":"Answered","answer":"a68","step":"tale","person":"web:2bo","field":"idea","text":"A shorter hour","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',70,'{"t":"Completed","visit":6,"at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',71,'{"t":"Answered","answer":"a71","step":"tale","person":"forgotten:d7ea77efe41c","field":"moment","text":"","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',72,'{"t":"Completed","visit":6,"at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',73,'{"t":"Allowed","answer":"a71","at":"2026-11-26T19:31:41.229141+00:00","share":"anonymous"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',74,'{"t":"StepClosed","step":"tale","visit":6,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',75,'{"t":"Asked","step":"wall","visit":7,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',76,'{"t":"Hung","step":"wall","at":"2026-11-26T19:31:41.229141+00:00","answers":["a64","a71"]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',77,'{"t":"Moved","step":"tale","visit":6,"closed":false,"left":300.0,"at":"2026-11-26T19:31:41.229141+00:00","said":[["room:1","prompt:7"],["room:1","gallery:7:0"]]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',78,'{"t":"ReactedTo","step":"wall","answer":"a64","person":"forgotten:d7ea77efe41c","sign":"same","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',79,'{"t":"Reported","person":"web:4dan","answer":"a71","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',80,'{"t":"ToldOnce","person":"web:2bo","what":"report:a71:79","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',81,'{"t":"StepClosed","step":"wall","visit":7,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',82,'{"t":"Asked","step":"pick","visit":8,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:34:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',83,'{"t":"Moved","step":"wall","visit":7,"closed":false,"left":180.0,"at":"2026-11-26T19:31:41.229141+00:00","said":[["room:1","prompt:8"]]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',84,'{"t":"Picked","answer":"a84","step":"pick","person":"web:1ada","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00","picks":["rest"]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',85,'{"t":"Picked","answer":"a85","step":"pick","person":"forgotten:d7ea77efe41c","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00","picks":["rest"]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',86,'{"t":"StepClosed","step":"pick","visit":8,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',87,'{"t":"Asked","step":"word","visit":9,"at":"2026-11-26T19:31:41.229141+00:00","until":"2026-11-26T19:33:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',88,'{"t":"Moved","step":"pick","visit":8,"closed":false,"left":180.0,"at":"2026-11-26T19:31:41.229141+00:00","said":[["room:1","spread:8"],["room:1","prompt:9"]]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',89,'{"t":"Answered","answer":"a89","step":"word","person":"web:4dan","field":"text","text":"lighter","room":"room:1","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',90,'{"t":"Thanked","thanks":"1","by":"forgotten:d7ea77efe41c","person":"web:1ada","text":"","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',91,'{"t":"TakenIn","step":"parked","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',92,'{"t":"Turned","at":"2026-11-26T19:31:41.229141+00:00","phase":"tail","until":"2026-11-27T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',93,'{"t":"WordsShown","person":"web:1ada","name":"my:web:e133:2","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',94,'{"t":"WordsShown","person":"web:2bo","name":"my:web:e133:3","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',95,'{"t":"WordsShown","person":"forgotten:d7ea77efe41c","name":"my:web:e133:4","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',96,'{"t":"WordsShown","person":"web:4dan","name":"my:web:e133:5","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',97,'{"t":"Proposed","person":"web:1ada","rule":"storyteller","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',98,'{"t":"Proposed","person":"forgotten:d7ea77efe41c","rule":"storyteller","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',99,'{"t":"Proposed","person":"web:0hedi","rule":"host","at":"2026-11-26T19:31:41.229141+00:00"}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',100,'{"t":"Withdrawn","answer":"a32","at":"2026-11-26T19:31:41.229141+00:00","blanks":[32]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',101,'{"t":"ThanksTaken","thanks":"1","at":"2026-11-26T19:31:41.229141+00:00","blanks":[90]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',102,'{"t":"Forgotten","person":"forgotten:d7ea77efe41c","pseudonym":"forgotten:d7ea77efe41c","at":"2026-11-26T19:31:41.229141+00:00","blanks":[71,7,90]}');
INSERT INTO "fact" VALUES('ff9ddfa4841a',103,'{"t":"Turned","at":"2026-11-27T19:31:41.229141+00:00","phase":"review","until":"2026-11-28T19:31:41.229141+00:00"}');
CREATE TABLE held (
	event TEXT NOT NULL, 
	session TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	at FLOAT NOT NULL, 
	body TEXT NOT NULL, 
	error TEXT NOT NULL, 
	PRIMARY KEY (event, session)
)
 WITHOUT ROWID

;
CREATE TABLE matrix_reaction (
	id TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE matrix_room (
	channel TEXT NOT NULL, 
	room TEXT NOT NULL, 
	PRIMARY KEY (channel)
)
 WITHOUT ROWID

;
INSERT INTO "matrix_room" VALUES('matrix:!94fe7444c457046c:localhost/hosts','!3d3b36028d032ed5:localhost');
INSERT INTO "matrix_room" VALUES('matrix:~@host:localhost','!5f4f7a136fc8b5b9:localhost');
INSERT INTO "matrix_room" VALUES('matrix:~@ada:localhost','!63d38ee54a10ff6d:localhost');
INSERT INTO "matrix_room" VALUES('matrix:panel/24be9fa7f4ef','matrix:$6ec8e3834c85773673ccd330');
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	session TEXT NOT NULL, 
	place TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	body TEXT NOT NULL, 
	because TEXT NOT NULL, 
	priority INTEGER NOT NULL, 
	supersedes TEXT NOT NULL, 
	due FLOAT NOT NULL, 
	tries INTEGER NOT NULL, 
	error TEXT NOT NULL, 
	dead INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
INSERT INTO "outbox" VALUES(7,'8bbe0ed5135ef1ceaaf225e53','a5ba56e8c23b','room:1','web:closed','effect','{"t":"React","place":"room:1","message":"web:e13","sign":"✓","because":"web:e13","priority":9}','web:e13',9,'',1.79193070122914099688e+09,1,'Permanent(''web:e13 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(8,'2370ead8c0521ec65db23f845','a5ba56e8c23b','room:1','web:closed','effect','{"t":"React","place":"room:1","message":"web:e14","sign":"✓","because":"web:e14","priority":9}','web:e14',9,'',1.79193070122914099688e+09,1,'Permanent(''web:e14 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(9,'46ca811328a1c50d670352ec0','a5ba56e8c23b','room:1','web:closed','effect','{"t":"React","place":"room:1","message":"web:e16","sign":"✓","because":"web:e16","priority":9}','web:e16',9,'',1.79193070122914099688e+09,1,'Permanent(''web:e16 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(10,'5192c2633357338bbece6099e','a5ba56e8c23b','room:1','web:closed','effect','{"t":"React","place":"room:1","message":"web:e18","sign":"✓","because":"web:e18","priority":9}','web:e18',9,'',1.79193070122914099688e+09,1,'Permanent(''web:e18 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(21,'23525a2fdcc2b707aadac6574','ff9ddfa4841a','room:1','web:review','effect','{"t":"React","place":"room:1","message":"web:e85","sign":"✓","because":"web:e85","priority":9}','web:e85',9,'',1.79572150122914099695e+09,1,'Permanent(''web:e85 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(22,'8a799a5be3b556312b0eac22b','ff9ddfa4841a','room:1','web:review','effect','{"t":"React","place":"room:1","message":"web:e86","sign":"✓","because":"web:e86","priority":9}','web:e86',9,'',1.79572150122914099695e+09,1,'Permanent(''web:e86 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(23,'e0b523050961d7a36c118f4bc','ff9ddfa4841a','room:1','web:review','effect','{"t":"React","place":"room:1","message":"web:e88","sign":"✓","because":"web:e88","priority":9}','web:e88',9,'',1.79572150122914099695e+09,1,'Permanent(''web:e88 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(24,'8132d79e8633ca4bb35d17128','ff9ddfa4841a','room:1','web:review','effect','{"t":"React","place":"room:1","message":"web:e90","sign":"✓","because":"web:e90","priority":9}','web:e90',9,'',1.79572150122914099695e+09,1,'Permanent(''web:e90 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(68,'480e8ebb6df8ade10a0f98e51','ff9ddfa4841a','room:1','web:review','effect','{"t":"Erase","place":"room:1","person":"web:3chi","everything":true,"messages":["web:e88"]}','',0,'',1.79572150122914099695e+09,1,'Permanent(''web:e88 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(69,'15b1382f37ebc6563aed9d910','a5ba56e8c23b','','','timer','{"t":"Wake","at":"2027-02-24T19:31:41.229141+00:00","timer":{"t":"Timer","kind":"expire","until":"2027-02-24T19:31:41.229141+00:00"}}','',0,'',1.80349750122914099688e+09,0,'',0);
INSERT INTO "outbox" VALUES(70,'06d69487089364e99dc2aa80b','ff9ddfa4841a','','','timer','{"t":"Wake","at":"2026-11-28T19:31:41.229141+00:00","timer":{"t":"Timer","kind":"review","until":"2026-11-28T19:31:41.229141+00:00"}}','',0,'',1.79589430122914099695e+09,0,'',0);
INSERT INTO "outbox" VALUES(71,'80b6061298cecb4b7bee8efd4','ff9ddfa4841a','','','timer','{"t":"Wake","at":"2026-11-28T07:31:41.229141+00:00","timer":{"t":"Timer","kind":"edit","until":"2026-11-28T19:31:41.229141+00:00"}}','',0,'',1.79585110122914099698e+09,0,'',0);
INSERT INTO "outbox" VALUES(75,'fd594ed811b6da7a60035a797','ba2e18847235','','','timer','{"t":"Wake","at":"2026-12-11T22:31:41.229141+00:00","timer":{"t":"Timer","kind":"idle","until":"2026-12-11T22:31:41.229141+00:00"}}','',0,'',1.79702830122914099697e+09,0,'',0);
INSERT INTO "outbox" VALUES(76,'4c93b74ce78d18377aa8fbda8','ba2e18847235','','','timer','{"t":"Wake","at":"2026-11-28T09:00:00+00:00","timer":{"t":"Timer","visit":1,"kind":"day","until":"2026-11-28T09:00:00+00:00"}}','',0,'',1795856400.0,0,'',0);
INSERT INTO "outbox" VALUES(80,'4bbcec6496359a30462237a04','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-28T10:31:41.229141+00:00","timer":{"t":"Timer","kind":"idle","until":"2026-11-28T10:31:41.229141+00:00"}}','',0,'',1.79586190122914099694e+09,0,'',0);
INSERT INTO "outbox" VALUES(82,'21ebe8a3b74902453d31be93d','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-27T22:34:41.229141+00:00","timer":{"t":"Timer","visit":1,"kind":"time_up","until":"2026-11-27T22:34:41.229141+00:00"}}','',0,'',1.79581888122914099699e+09,0,'',0);
INSERT INTO "outbox" VALUES(83,'92bf80707f41969e045ef803d','3d47bbd130f4','room:1','web:running','effect','{"t":"React","place":"room:1","message":"web:e156","sign":"✓","because":"web:e156","priority":9}','web:e156',9,'',1.79581870122914099693e+09,1,'Permanent(''web:e156 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(84,'63495731277bcd229aa8343f5','3d47bbd130f4','room:1','web:running','effect','{"t":"React","place":"room:1","message":"web:e157","sign":"✓","because":"web:e157","priority":9}','web:e157',9,'',1.79581870122914099693e+09,1,'Permanent(''web:e157 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(85,'66eb6fa607846cfb8bc79ca18','3d47bbd130f4','room:1','web:running','effect','{"t":"React","place":"room:1","message":"web:e159","sign":"✓","because":"web:e159","priority":9}','web:e159',9,'',1.79581870122914099693e+09,1,'Permanent(''web:e159 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(86,'0b8c988664736064acca3bebf','3d47bbd130f4','room:1','web:running','effect','{"t":"React","place":"room:1","message":"web:e161","sign":"✓","because":"web:e161","priority":9}','web:e161',9,'',1.79581870122914099693e+09,1,'Permanent(''web:e161 is no message of the web room'')',1);
INSERT INTO "outbox" VALUES(87,'f8d46b665dfda3b973e685356','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-27T22:36:41.229141+00:00","timer":{"t":"Timer","visit":1,"kind":"time_up","until":"2026-11-27T22:36:41.229141+00:00"}}','',0,'',1.79581900122914099688e+09,0,'',0);
INSERT INTO "outbox" VALUES(89,'08f47766f9cad6e5deb34adf4','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-27T22:34:41.229141+00:00","timer":{"t":"Timer","visit":2,"kind":"time_up","until":"2026-11-27T22:34:41.229141+00:00"}}','',0,'',1.79581888122914099699e+09,0,'',0);
INSERT INTO "outbox" VALUES(90,'16797c53a2a284a66fa22a8b9','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-28T22:31:41.229141+00:00","timer":{"t":"Timer","kind":"idle","until":"2026-11-27T22:31:41.229141+00:00"}}','',0,'',1.79590510122914099686e+09,0,'',0);
INSERT INTO "outbox" VALUES(93,'4d3c12936d2e9f127abd642e5','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-27T22:32:41.229141+00:00","timer":{"t":"Timer","visit":2,"kind":"look","until":"2026-11-27T22:32:41.229141+00:00"}}','',0,'',1.79581876122914099692e+09,0,'',0);
INSERT INTO "outbox" VALUES(96,'d301220a5769c46abfec7cf10','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-27T22:32:41.229141+00:00","timer":{"t":"Timer","visit":2,"kind":"read","until":"2026-11-27T22:32:41.229141+00:00"}}','',0,'',1.79581876122914099692e+09,0,'',0);
INSERT INTO "outbox" VALUES(98,'c1df1ae690caea88e14da0cbb','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-27T22:33:41.229141+00:00","timer":{"t":"Timer","visit":3,"kind":"time_up","until":"2026-11-27T22:33:41.229141+00:00"}}','',0,'',1.79581882122914099691e+09,0,'',0);
INSERT INTO "outbox" VALUES(104,'a3b845761d914e44f56e296f2','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-27T22:33:41.229141+00:00","timer":{"t":"Timer","visit":4,"kind":"time_up","until":"2026-11-27T22:33:41.229141+00:00"}}','',0,'',1.79581882122914099691e+09,0,'',0);
INSERT INTO "outbox" VALUES(110,'f75e267558da09f04598a36ce','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-27T22:33:11.229141+00:00","timer":{"t":"Timer","visit":5,"kind":"pair","until":"2026-11-27T22:33:11.229141+00:00"}}','',0,'',1.79581879122914099696e+09,0,'',0);
INSERT INTO "outbox" VALUES(111,'c5f09f50552e22d9c6c64d91a','3d47bbd130f4','','','timer','{"t":"Wake","at":"2026-11-27T22:35:41.229141+00:00","timer":{"t":"Timer","visit":5,"kind":"time_up","until":"2026-11-27T22:35:41.229141+00:00"}}','',0,'',1.79581894122914099694e+09,0,'',0);
INSERT INTO "outbox" VALUES(115,'caf57ff3927fb83c0aa3655dc','162a1ffaf0af','','','timer','{"t":"Wake","at":"2026-11-28T10:31:41.229141+00:00","timer":{"t":"Timer","kind":"idle","until":"2026-11-28T10:31:41.229141+00:00"}}','',0,'',1.79586190122914099694e+09,0,'',0);
INSERT INTO "outbox" VALUES(119,'10d9c75c417cd5e63ec21f9ee','d0a815841b67','','','timer','{"t":"Wake","at":"2026-11-28T10:31:45.989000+00:00","timer":{"t":"Timer","kind":"idle","until":"2026-11-28T10:31:45.989000+00:00"}}','',0,'',1795861905.989,0,'',0);
INSERT INTO "outbox" VALUES(121,'7c16895b8043b730e5b02f973','d0a815841b67','','','timer','{"t":"Wake","at":"2026-11-27T22:34:46.016000+00:00","timer":{"t":"Timer","visit":1,"kind":"time_up","until":"2026-11-27T22:34:46.016000+00:00"}}','',0,'',1795818886.016,0,'',0);
INSERT INTO "outbox" VALUES(125,'64cddcf1903b7c73e5e5e3181','24be9fa7f4ef','','','timer','{"t":"Wake","at":"2026-11-28T10:31:48.072000+00:00","timer":{"t":"Timer","kind":"idle","until":"2026-11-28T10:31:48.072000+00:00"}}','',0,'',1795861908.072,0,'',0);
INSERT INTO "outbox" VALUES(127,'ccc65b5bacfaac4c59ab7aba3','24be9fa7f4ef','','','timer','{"t":"Wake","at":"2026-11-27T22:34:50.079000+00:00","timer":{"t":"Timer","visit":1,"kind":"time_up","until":"2026-11-27T22:34:50.079000+00:00"}}','',0,'',1795818890.079,0,'',0);
INSERT INTO "outbox" VALUES(128,'70598315dd49ddd2f151ee560','24be9fa7f4ef','','','timer','{"t":"Wake","at":"2026-11-27T22:31:56.083000+00:00","timer":{"t":"Timer","visit":1,"kind":"complete","until":"2026-11-27T22:31:56.083000+00:00"}}','',0,'',1795818716.083,0,'',0);
CREATE TABLE person_zone (
	person TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	PRIMARY KEY (person)
)
 WITHOUT ROWID

;
INSERT INTO "person_zone" VALUES('web:2bo','America/New_York');
CREATE TABLE place (
	channel TEXT NOT NULL, 
	session TEXT NOT NULL, 
	place TEXT NOT NULL, 
	holds INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (channel, session)
)
 WITHOUT ROWID

;
INSERT INTO "place" VALUES('discord:1576002622475730947','d0a815841b67','room:1',1,1795818705.989);
INSERT INTO "place" VALUES('discord:1576002622475730947/hosts','d0a815841b67','hosts',0,1795818705.989);
INSERT INTO "place" VALUES('discord:~1576002622844829697','d0a815841b67','private:discord:1576002622844829697',0,1795818705.999);
INSERT INTO "place" VALUES('discord:~1576002622844829698','d0a815841b67','private:discord:1576002622844829698',0,1795818706.007);
INSERT INTO "place" VALUES('discord:~1576002622844829699','d0a815841b67','private:discord:1576002622844829699',0,1795818706.012);
INSERT INTO "place" VALUES('discord:~1576002622844829700','d0a815841b67','private:discord:1576002622844829700',0,1795818706.014);
INSERT INTO "place" VALUES('matrix:!94fe7444c457046c:localhost','24be9fa7f4ef','room:1',1,1795818708.072);
INSERT INTO "place" VALUES('matrix:!94fe7444c457046c:localhost/hosts','24be9fa7f4ef','hosts',0,1795818708.072);
INSERT INTO "place" VALUES('matrix:~@ada:localhost','24be9fa7f4ef','private:matrix:@ada:localhost',0,1795818709.075);
INSERT INTO "place" VALUES('web:closed','a5ba56e8c23b','room:1',0,1.79193070122914099688e+09);
INSERT INTO "place" VALUES('web:closed/hosts','a5ba56e8c23b','hosts',0,1.79193070122914099688e+09);
INSERT INTO "place" VALUES('web:closed/t48c8cf1503d2','a5ba56e8c23b','pair:5.1',0,1.79193070122914099688e+09);
INSERT INTO "place" VALUES('web:closed/~1ada','a5ba56e8c23b','private:web:1ada',0,1.79193070122914099688e+09);
INSERT INTO "place" VALUES('web:closed/~2bo','a5ba56e8c23b','private:web:2bo',0,1.79193070122914099688e+09);
INSERT INTO "place" VALUES('web:closed/~3chi','a5ba56e8c23b','private:web:3chi',0,1.79193070122914099688e+09);
INSERT INTO "place" VALUES('web:closed/~4dan','a5ba56e8c23b','private:web:4dan',0,1.79193070122914099688e+09);
INSERT INTO "place" VALUES('web:closed/~5eve','a5ba56e8c23b','private:web:5eve',0,1.79193070122914099688e+09);
INSERT INTO "place" VALUES('web:days','ba2e18847235','room:1',1,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:days/hosts','ba2e18847235','hosts',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:days/~1ada','ba2e18847235','private:web:1ada',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:days/~2bo','ba2e18847235','private:web:2bo',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:days/~3chi','ba2e18847235','private:web:3chi',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:lobby','162a1ffaf0af','room:1',1,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:lobby/hosts','162a1ffaf0af','hosts',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:lobby/~1ada','162a1ffaf0af','private:web:1ada',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:review','ff9ddfa4841a','room:1',0,1.79572150122914099695e+09);
INSERT INTO "place" VALUES('web:review/hosts','ff9ddfa4841a','hosts',0,1.79572150122914099695e+09);
INSERT INTO "place" VALUES('web:review/t8d3ad3b174e7','ff9ddfa4841a','pair:5.1',0,1.79572150122914099695e+09);
INSERT INTO "place" VALUES('web:review/~1ada','ff9ddfa4841a','private:web:1ada',0,1.79572150122914099695e+09);
INSERT INTO "place" VALUES('web:review/~2bo','ff9ddfa4841a','private:web:2bo',0,1.79572150122914099695e+09);
INSERT INTO "place" VALUES('web:review/~4dan','ff9ddfa4841a','private:web:4dan',0,1.79572150122914099695e+09);
INSERT INTO "place" VALUES('web:review/~5eve','ff9ddfa4841a','private:web:5eve',0,1.79572150122914099695e+09);
INSERT INTO "place" VALUES('web:running','3d47bbd130f4','room:1',1,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:running/hosts','3d47bbd130f4','hosts',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:running/t9242e7075d5b','3d47bbd130f4','pair:5.1',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:running/~1ada','3d47bbd130f4','private:web:1ada',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:running/~2bo','3d47bbd130f4','private:web:2bo',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:running/~3chi','3d47bbd130f4','private:web:3chi',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:running/~4dan','3d47bbd130f4','private:web:4dan',0,1.79581870122914099693e+09);
INSERT INTO "place" VALUES('web:running/~5eve','3d47bbd130f4','private:web:5eve',0,1.79581870122914099693e+09);
CREATE TABLE "plan" (
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	community TEXT NOT NULL, 
	room TEXT NOT NULL, 
	state TEXT NOT NULL, 
	at FLOAT, 
	next_at FLOAT, 
	touched FLOAT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "plan" VALUES('uyjdwyt',2,'web','web:plan','on',1796151600.0,1796065200.0,1.79581870122914099693e+09,'{"t":"Plan","id":"uyjdwyt","version":2,"community":"web","host":"web:0hedi","host_name":"Hedi","workshop":"old","title":"Old circle","about":"Every way to answer, once.","minutes":40,"cap":10,"occurrence":"2026-12-01T19:00","card":"plan:uyjdwyt:1","cards":1,"rooms":["web:plan"],"when":{"t":"When","zone":"Europe/Lisbon","rule":"FREQ=WEEKLY;BYDAY=TU","starts":["2026-12-01T19:00:00"]},"state":"on","made":"2026-11-27T22:31:41.229141+00:00","passed":"2026-11-27T22:31:41.229141+00:00","at":"2026-12-01T19:00:00+00:00","stage":"day","next_at":"2026-11-30T19:00:00+00:00"}');
CREATE TABLE receipt (
	"key" TEXT NOT NULL, 
	part INTEGER NOT NULL, 
	message TEXT NOT NULL, 
	session TEXT NOT NULL, 
	about TEXT NOT NULL, 
	PRIMARY KEY ("key", part)
)
 WITHOUT ROWID

;
INSERT INTO "receipt" VALUES('000d5ade914d4dcf76b0a4f36',0,'web:48','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('006a71877dd33c5d9fe60bcf9',0,'web:203','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('0196aeb85e36e78ffd335d524',0,'web:135','ff9ddfa4841a','{"t":"About","step":"tale","visit":6}');
INSERT INTO "receipt" VALUES('03584165c44075989d3d95a1a',0,'web:114','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('03a2d7980555267e0b49ee332',0,'web:21','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('03df4e12e4360903be252be5b',0,'web:210','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('045766b7b5e29b552f94a6e55',0,'web:100','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('07af54371bd55f5fb108781a0',0,'web:161','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('09c0e4a78e125a5ed6160bb76',0,'web:16','a5ba56e8c23b','{"t":"About","step":"hello","visit":1}');
INSERT INTO "receipt" VALUES('0d8036ce0390c3004db66be62',0,'web:120','ff9ddfa4841a','{"t":"About","step":"quiet","visit":2,"answers":["a34","a32"]}');
INSERT INTO "receipt" VALUES('0e521901fa9e7e7203c3f4272',0,'web:86','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('0f075ef4b6b03bc510ad3966d',0,'web:104','ff9ddfa4841a','{"t":"About","step":"hello","visit":1}');
INSERT INTO "receipt" VALUES('11824f189f6443c9062bd10d5',0,'web:200','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('11f75f40a13467a1fafd9d1bb',0,'web:127','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('12aee56851a9d31ec4ebb3768',0,'discord:e1576002622907744256','d0a815841b67','{"t":"About"}');
INSERT INTO "receipt" VALUES('12e25ede9ed3eb2bc1d4f764b',0,'web:181','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('1362478635e29abaf0b600e5a',0,'web:46','a5ba56e8c23b','{"t":"About","step":"talk","visit":5}');
INSERT INTO "receipt" VALUES('14ecfd2ad954a4d8441a8a97b',0,'web:124','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('16a9227089e7fad759240a510',0,'discord:1576002622857412608','d0a815841b67','{"t":"About"}');
INSERT INTO "receipt" VALUES('170d8177392b6516f8f10ae54',0,'web:50','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('1caeeecb1f17e6bfce481270d',0,'web:143','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('1d3c1e3d4c1ec60dc087d290e',0,'web:66','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('1f3fd31804cba814c51717d62',0,'web:188','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('1f4b19e9eabd4aa1569826da3',0,'web:208','3d47bbd130f4','{"t":"About","step":"gut","visit":3}');
INSERT INTO "receipt" VALUES('203be8c2d76380dda3447e085',0,'web:199','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('20f21cc455433afbfd9006583',0,'web:103','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('24e768b8ec13c222bdb1e18ec',0,'web:148','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('24fe99b54cda5d29f43f4487e',0,'web:119','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('2515baf4443028736616946a2',0,'web:121','ff9ddfa4841a','{"t":"About","step":"gut","visit":3}');
INSERT INTO "receipt" VALUES('252517a170e77fe288173b4bf',0,'web:230','','{"t":"About"}');
INSERT INTO "receipt" VALUES('253f74eeb99ebbb5725085543',0,'web:20','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('261cb504f580c1993051efb19',0,'discord:1576002622928715776','d0a815841b67','{"t":"About","step":"hello","visit":1}');
INSERT INTO "receipt" VALUES('267068f6c9b53c6c0dcc0f960',0,'web:159','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('2907f0e378672f66285ef74e8',0,'web:84','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('299e2a700957d18bf49cd906c',0,'web:149','ff9ddfa4841a','{"t":"About","step":"pick","visit":8}');
INSERT INTO "receipt" VALUES('2ac941bd23337e24926f09271',0,'web:26','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('2b43816a92be6c5cfd5196d2c',0,'web:125','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('2bf440da36800e15fc652cd54',0,'discord:e1576002622874189824','d0a815841b67','{"t":"About"}');
INSERT INTO "receipt" VALUES('2c8a79290211a9d5a813f8d0a',0,'web:216','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('2cce0add4ec17df5462d9655f',0,'web:223','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('2d328c9660d311f5d3bf790b5',0,'web:195','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('2e9158e2042fd7c9f005f7959',0,'web:77','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('31c601e7a261d55181c04f198',0,'web:40','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('326453c55f5d0b8d56154c31a',0,'web:31','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('32ae51747c49024c721ac9157',0,'web:112','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('32faf6c80ae81a153db240088',0,'web:92','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('34c2432f263c0323611dc7ce0',0,'web:167','ba2e18847235','{"t":"About"}');
INSERT INTO "receipt" VALUES('35301d91beb07fad7e8291fb3',0,'web:111','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('3822343968dec2e8f0aa17d9c',0,'web:57','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('38f2bc81367a2645cc97de690',0,'web:29','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('39023464dfa8dcba296ff5b8b',0,'web:172','ba2e18847235','{"t":"About"}');
INSERT INTO "receipt" VALUES('39150aa15347861bc7a3de604',0,'web:6','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('39615757c9bf16a7b40c24941',0,'web:83','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('3984af654ad7cdd08a1c463b6',0,'web:225','162a1ffaf0af','{"t":"About"}');
INSERT INTO "receipt" VALUES('3aff78bec197faa1d07f85162',0,'web:184','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('3b2ecfc0485f384ca6fc58824',0,'web:14','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('3bfc5f3b7fe13de5b43f2fca3',0,'web:118','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('3c0b119fbc4622a08e608524f',0,'web:218','3d47bbd130f4','{"t":"About","step":"taps"}');
INSERT INTO "receipt" VALUES('3c78d81d09eb0ae98deaa24e2',0,'web:24','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('3da39c117beb335d9f95b4982',0,'web:17','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('3f5f56aa99ca946572e2e436a',0,'web:98','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('4011f8a90d3d582699692cfab',0,'web:129','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('40b44b1651ad96269b593569e',0,'web:89','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('41e510dee47df133041d3d887',0,'web:116','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('42d6aa8b541cc710d0b5c3a94',0,'web:136','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('44645cf30312c57e52d6ae745',0,'web:106','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('44fd9556f345a6cb1b6af99c8',0,'web:238','','{"t":"About"}');
INSERT INTO "receipt" VALUES('453a72b94dd2a9bb48ebf4f02',0,'web:10','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('47cac31e0dc11e21335f0ee19',0,'web:45','a5ba56e8c23b','{"t":"About","step":"talk","visit":5}');
INSERT INTO "receipt" VALUES('48b28b55aee6c97cf420a52cf',0,'web:175','ba2e18847235','{"t":"About"}');
INSERT INTO "receipt" VALUES('493b4db905400d74f9a58d0aa',0,'web:215','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('4d7b8bf6e19814a1d3ca8fab8',0,'web:156','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('4e3c98c2ab8b68e2891be158a',0,'web:158','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('4e6d9c729d160c579588ff891',0,'web:180','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('50cd95809243707886e995031',0,'web:205','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('522d6636a3bd69388a7c18428',0,'web:54','a5ba56e8c23b','{"t":"About","step":"wall","visit":7,"answers":["a64","a71"]}');
INSERT INTO "receipt" VALUES('52c69d5196a801462e1119cf0',0,'web:69','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('5307802cbe218e2ab5aa46cdc',0,'web:233','','{"t":"About"}');
INSERT INTO "receipt" VALUES('5452c4e03c2ef771d1e806f58',0,'web:165','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('54a8567ec39c37ffd7a5c1f72',0,'web:133','ff9ddfa4841a','{"t":"About","step":"talk","visit":5}');
INSERT INTO "receipt" VALUES('54b81effd61cc55c052fcf3c4',0,'matrix:$af70fde6cf5441fc08ad220e','24be9fa7f4ef','{"t":"About"}');
INSERT INTO "receipt" VALUES('5711d238eaec414db6a621ab9',0,'web:22','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('59793c38144b8e133e7c8d18a',0,'web:132','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('59fd8a76c2fe979a04f7229d1',0,'web:18','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('5a94b5b9cb80774eac8cea0f9',0,'web:105','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('5ad05f5c5b74809befd409d28',0,'web:162','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('5c09e07c412355d4727e10836',0,'web:32','a5ba56e8c23b','{"t":"About","step":"quiet","visit":2,"answers":["a32","a34"]}');
INSERT INTO "receipt" VALUES('5c750de5456bf3abe7f271c99',0,'web:234','','{"t":"About"}');
INSERT INTO "receipt" VALUES('5e19d875c16d831e1b629c49d',0,'web:25','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('5eaba693e29f331ddca4353bb',0,'web:226','162a1ffaf0af','{"t":"About"}');
INSERT INTO "receipt" VALUES('5edb36d4d0b6e504abef3d0df',0,'web:113','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('5f7406aa7dafff07532c72a1a',0,'discord:1576002622844829696','d0a815841b67','{"t":"About"}');
INSERT INTO "receipt" VALUES('60225388a8b434a76e242a69a',0,'web:62','a5ba56e8c23b','{"t":"About","step":"pick"}');
INSERT INTO "receipt" VALUES('605ae626d8cadf2d9a23f622d',0,'discord:e1576002622895161345','d0a815841b67','{"t":"About"}');
INSERT INTO "receipt" VALUES('60a053ddcd454fa9b8eab0331',0,'web:187','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('625809b5c66a7d4a41dc464e0',0,'web:190','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('62589f3c1a6a64f1b04cac3f6',0,'web:15','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('6432d330e5bb3a18c174f3c23',0,'web:73','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('66ed366a8c6c47be029432ab7',0,'web:64','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('67e34418440d0eea52a79d1f9',0,'web:90','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('695dabdce50f28baacd6a9d83',0,'web:170','ba2e18847235','{"t":"About"}');
INSERT INTO "receipt" VALUES('697ae10fea5ca7f52997dcff0',0,'web:178','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('6ac1c7591aba8ad23f40a74db',0,'web:101','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('6e3c8d2da0f4379f65a203863',0,'discord:e1576002622916132864','d0a815841b67','{"t":"About"}');
INSERT INTO "receipt" VALUES('6f85dbed7f414d88a7a0dd8b3',0,'web:34','a5ba56e8c23b','{"t":"About","step":"gut"}');
INSERT INTO "receipt" VALUES('7027f8464904ff6a669b6507a',0,'web:107','ff9ddfa4841a','{"t":"About","step":"quiet","visit":2}');
INSERT INTO "receipt" VALUES('7117faf63f6c2da50352ba428',0,'matrix:$1a67ba625617cb2260874c64','24be9fa7f4ef','{"t":"About"}');
INSERT INTO "receipt" VALUES('71c183ae4ab258159cdc460ba',0,'web:68','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('72a5e0093a7d95d4f5b272af0',0,'web:74','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('74f5447c4bdff0c07afc62c7d',0,'web:67','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('767aa2bbab0f55fcc27ccf4c5',0,'web:206','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('7900a17a674392de4838792f6',0,'web:207','3d47bbd130f4','{"t":"About","step":"quiet","visit":2,"answers":["a32","a34"]}');
INSERT INTO "receipt" VALUES('79afb083792429d748b7b87af',0,'web:227','162a1ffaf0af','{"t":"About"}');
INSERT INTO "receipt" VALUES('79fad52fa35f5c23e33c7e0a5',0,'web:80','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('7a900bf80f0f29874fa52cbac',0,'web:94','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('7ae1592b5efa7fed990e5a784',0,'web:41','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('7ae2f2eedd3d4e5d7a5533b4f',0,'web:99','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('7cef66630082f59f5e667217d',0,'web:145','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('7f4c4ad6dc6a4b75778108bea',0,'web:71','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('804b2a5c7e682e4f195667926',0,'web:12','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('819b6e750da63b700fd454c85',0,'web:229','','{"t":"About"}');
INSERT INTO "receipt" VALUES('81bfd613a811ac3cf402d6b72',0,'web:179','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('829a61242e2688357fcd0a3fb',0,'web:108','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('834975759c1cff5983599d688',0,'web:191','3d47bbd130f4','{"t":"About","step":"hello","visit":1}');
INSERT INTO "receipt" VALUES('850d81207527e413779aa3044',0,'web:82','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('86100fef212b3c2fed04a53d3',0,'web:169','ba2e18847235','{"t":"About"}');
INSERT INTO "receipt" VALUES('86e26bfcdd7de9ec4c3016914',0,'web:131','ff9ddfa4841a','{"t":"About","step":"taps"}');
INSERT INTO "receipt" VALUES('88356124aeba97339f59002d5',0,'web:176','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('88dc7714d307a543fcc7fb179',0,'web:232','','{"t":"About"}');
INSERT INTO "receipt" VALUES('89c6d2160bee6d4eb1fdc27f7',0,'web:47','a5ba56e8c23b','{"t":"About","step":"tale","visit":6}');
INSERT INTO "receipt" VALUES('8bc67ab86377eec2ce68c4b52',0,'web:61','a5ba56e8c23b','{"t":"About","step":"pick","visit":8}');
INSERT INTO "receipt" VALUES('8c2506a6ed7931eff92894f6b',0,'web:70','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('8cb590519cc1983ad1d841357',0,'web:37','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('8ce743788da8ab1f6c743b0a0',0,'web:78','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('8db7d3a5f9a84cd55de53ec04',0,'web:91','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('8e1465b1d4b83b07107ae5cd0',0,'web:228','162a1ffaf0af','{"t":"About"}');
INSERT INTO "receipt" VALUES('8eb84ac952a78a447d39472c1',0,'web:53','a5ba56e8c23b','{"t":"About","step":"wall","visit":7}');
INSERT INTO "receipt" VALUES('8f9d2139a486b5dd7c1490362',0,'web:43','a5ba56e8c23b','{"t":"About","step":"taps"}');
INSERT INTO "receipt" VALUES('90754476e966242febd1e01fd',0,'web:173','ba2e18847235','{"t":"About"}');
INSERT INTO "receipt" VALUES('92126dc92800681d7d1e286e0',0,'web:189','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('9217cd1fdedf4b5decdd5ad89',0,'web:134','ff9ddfa4841a','{"t":"About","step":"talk","visit":5}');
INSERT INTO "receipt" VALUES('9371ac5b79b3973af84c64d71',0,'web:144','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('95038e0c66229dc97705d1c52',0,'web:217','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('956c183333e04f6e2e623c480',0,'web:109','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('95c123f6f5effcb92c93543bd',0,'web:65','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('968f897f7a73a148f6ed02234',0,'web:220','3d47bbd130f4','{"t":"About","step":"talk","visit":5}');
INSERT INTO "receipt" VALUES('970c7ab7512265051715e9416',0,'web:76','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('98162dfb5a198d7b3b7070829',0,'web:30','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('9a137840bb201471faae2605c',0,'web:110','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('9b15f0d599beda056fa7aac0b',0,'web:97','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('9bf1198c5055383b0f74d20be',0,'web:39','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('9c491a3a0151f6304b7e1a07c',0,'web:142','ff9ddfa4841a','{"t":"About","step":"wall","visit":7,"answers":["a64","a71"]}');
INSERT INTO "receipt" VALUES('9e0e92a490943c9a1e9a420c3',0,'web:141','ff9ddfa4841a','{"t":"About","step":"wall","visit":7}');
INSERT INTO "receipt" VALUES('9e67fed845dc1affae33cb0e9',0,'web:164','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('9f615fa1b97bc6f60634be9c0',0,'web:7','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('a0836c14eea1b2aec8248bc43',0,'discord:1576002622886772736','d0a815841b67','{"t":"About"}');
INSERT INTO "receipt" VALUES('a0aa511ca30e91f459c62c898',0,'web:93','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('a3313b70e9eea5a91c1030a5b',0,'web:128','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('a43753d35c152a0dfa5069a60',0,'web:219','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('a4d94309ec51339f6d3dccfcc',0,'web:157','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('a5ef22655e90ee7b4cab142a1',0,'web:239','','{"t":"About"}');
INSERT INTO "receipt" VALUES('a8efa8d96f67e899b48d5f7a7',0,'web:196','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('a9fc281d11b6a33da9fd35fc3',0,'web:28','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('aa2d9b58781d4c4f0d9dc1a9f',0,'web:38','a5ba56e8c23b','{"t":"About","step":"taps","visit":4}');
INSERT INTO "receipt" VALUES('abbca17a29f8eb43734c95141',0,'web:4','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('abe0139e93f3b773aac67bf0b',0,'web:193','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('ac24d7c33f8594a9ecbbefcea',0,'web:60','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('ac6c52c0c3c0465fb47f52796',0,'web:63','a5ba56e8c23b','{"t":"About","step":"word","visit":9}');
INSERT INTO "receipt" VALUES('ad18062431cfdc4f5c009104d',0,'web:185','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('b045786c297a7ab1b63960f12',0,'discord:1576002622874189825','d0a815841b67','{"t":"About"}');
INSERT INTO "receipt" VALUES('b230db8b7d2aba916ce632273',0,'web:214','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('b567320aa6956cd26729265fa',0,'web:151','ff9ddfa4841a','{"t":"About","step":"word","visit":9}');
INSERT INTO "receipt" VALUES('b5ac752a93e5ffc5ab507b843',0,'web:96','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('b76237744f05df17e030e4d9a',0,'web:55','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('b8183c9aa62180376c4a59d66',0,'web:72','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('b932b9adff96f88b653deafa1',0,'web:150','ff9ddfa4841a','{"t":"About","step":"pick"}');
INSERT INTO "receipt" VALUES('bb8bea9dc2291146d9be591a8',0,'web:8','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('bdc4b390accc31f47b948f7e4',0,'web:126','ff9ddfa4841a','{"t":"About","step":"taps","visit":4}');
INSERT INTO "receipt" VALUES('bec03e3810e25da33adfded44',0,'web:197','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('bf5a443fb9df9179b75a1fb97',0,'web:221','3d47bbd130f4','{"t":"About","step":"talk","visit":5}');
INSERT INTO "receipt" VALUES('bfc893e8f9bd142dccb23737c',0,'web:33','a5ba56e8c23b','{"t":"About","step":"gut","visit":3}');
INSERT INTO "receipt" VALUES('c0eadfe728921eae1d95784a6',0,'web:88','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('c100e6c5de6aa0f6089bf41d5',0,'web:42','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('c11c8207121f4525797ac0f37',0,'web:171','ba2e18847235','{"t":"About"}');
INSERT INTO "receipt" VALUES('c26827598bc05b0d4494eaf6c',0,'matrix:$87acbaf179226494cb002b71','24be9fa7f4ef','{"t":"About","step":"hello","visit":1}');
INSERT INTO "receipt" VALUES('c338f9904f5f032659ea8b650',0,'web:213','3d47bbd130f4','{"t":"About","step":"taps","visit":4}');
INSERT INTO "receipt" VALUES('c38e4b7ff38301b9fdc8738ca',0,'web:58','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('c4cb9c3b96f8c68f00e6aaec4',0,'web:122','ff9ddfa4841a','{"t":"About","step":"gut"}');
INSERT INTO "receipt" VALUES('c4ed4ceb7813e17d51b227032',0,'web:52','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('c512617df3f3d66bf6280bf68',0,'web:36','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('c51d1b3b1f0a21b8f1c52c093',0,'web:1','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('c59fe23550a98ed2041cb91a5',0,'web:51','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('c7dc777584db5c5586a4602af',0,'web:155','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('c98574ca5c51817203a7957e3',0,'web:160','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('c9e84261ba4f6e338dbc1a6c4',0,'web:9','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('cf972ab366b4be16b546d5743',0,'web:5','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('cfe15802fa2aceb9eaa4fe043',0,'web:19','a5ba56e8c23b','{"t":"About","step":"quiet","visit":2}');
INSERT INTO "receipt" VALUES('d14e9db8809ea74d9c99acafb',0,'web:204','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('d3d1eeaa0d4a75067a0f6b53b',0,'web:231','','{"t":"About"}');
INSERT INTO "receipt" VALUES('d4157f1af092a25e91e6799cd',0,'web:139','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('d4ac68e481c6b39b699defec3',0,'web:3','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('d55a69dade8fb2a34b43f0bff',0,'web:56','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('d5eef07d4fdcb772de8836b85',0,'web:236','','{"t":"About"}');
INSERT INTO "receipt" VALUES('d62e445ee5aa0e416fd8d7718',0,'web:130','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('d67df93cb383bd7764037f181',0,'web:237','','{"t":"About"}');
INSERT INTO "receipt" VALUES('d8034b351cba7639a91bc4bfa',0,'web:166','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('d828cdadaabedf496217c5147',0,'web:198','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('d998906671935fe2ca83bde3e',0,'web:23','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('d9c008bd3bbd97690dd13b941',0,'web:44','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('d9de351ffa8521ffe2a4f120f',0,'web:95','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('daa24a84ffc29a3eca52e9e98',0,'web:177','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('dbe2448044681b4bb82db50ca',0,'web:2','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('dc36c47ec0f0a686c6f71fcfc',0,'web:194','3d47bbd130f4','{"t":"About","step":"quiet","visit":2}');
INSERT INTO "receipt" VALUES('e04f8065261fed670eba34db5',0,'web:183','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('e11bfcbc5885f5c6f55a66f36',0,'web:13','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('e1eadca4c15bc835b1c20aef7',0,'web:154','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('e28670cbadeb3d761f1c14911',0,'web:59','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('e2baf75740337812dab24f6fa',0,'web:152','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('e2c9a07a21f3031414dff2269',0,'web:140','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('e31b3fbc6a34af7e24f2101ea',0,'web:75','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('e36bad58abaab9740526d22f8',0,'web:163','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('e3cb6b25d28a339206816c4b8',0,'web:11','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('e63e9a9670eb43eb0cb8d18f8',0,'web:211','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('e7393abbfbfedbd35cfdb1782',0,'matrix:$129b7522c85ac31de5a8ba7d','24be9fa7f4ef','{"t":"About"}');
INSERT INTO "receipt" VALUES('e84b0fcbd983dbb96f0b981be',0,'web:182','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('eae878c3963db214a087a3f61',0,'web:186','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('eb4c7f65712381dab4cf8d7db',0,'web:81','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('eb8393301d067c770b5e0c651',0,'web:102','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('ebfeb151c6777092afc786631',0,'matrix:$4e13513c4b75f22b7eb4da6b','24be9fa7f4ef','{"t":"About"}');
INSERT INTO "receipt" VALUES('ed771220291cf108cfb90ec24',0,'web:85','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('efd8c2c4226d4d6c3fbde91a4',0,'web:35','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('f19e4f5bd01609bc185fd6093',0,'web:117','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('f2bc930df1a7ca513036a85f1',0,'web:137','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('f2eaf336633751d822e7f5c79',0,'web:174','ba2e18847235','{"t":"About"}');
INSERT INTO "receipt" VALUES('f4d01c3a55ce379663792ecd1',0,'web:201','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('f5714b02df00212aa46f14f56',0,'web:209','3d47bbd130f4','{"t":"About","step":"gut"}');
INSERT INTO "receipt" VALUES('f659dfce35740e0e62b7b5063',0,'web:224','162a1ffaf0af','{"t":"About"}');
INSERT INTO "receipt" VALUES('f6848f8e006bc5ef7169e3dd4',0,'web:123','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('f724f4cf244237e476d95de86',0,'web:192','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('f76a29a7e2b2459d18cbc970f',0,'web:138','ff9ddfa4841a','{"t":"About"}');
INSERT INTO "receipt" VALUES('f94e4b75c3a3aea3b8ee539b2',0,'web:49','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('fa1d8bc2179b4115a63173793',0,'web:79','a5ba56e8c23b','{"t":"About"}');
INSERT INTO "receipt" VALUES('fc0f3c55686ed23d98d434c2b',0,'web:235','','{"t":"About"}');
INSERT INTO "receipt" VALUES('fda57a55e23d1b958216d2306',0,'web:168','ba2e18847235','{"t":"About"}');
INSERT INTO "receipt" VALUES('fdfdba55494324c3704bd2fdc',0,'web:212','3d47bbd130f4','{"t":"About"}');
INSERT INTO "receipt" VALUES('fe9f15f69014e64059e4d9a02',0,'web:87','a5ba56e8c23b','{"t":"About","step":"later","visit":10}');
INSERT INTO "receipt" VALUES('ff420c5a60037af49edaa360b',0,'web:222','3d47bbd130f4','{"t":"About"}');
CREATE TABLE script (
	hash TEXT NOT NULL, 
	schema_version INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (hash)
)
 WITHOUT ROWID

;
INSERT INTO "script" VALUES('a98f55a6008690b8e0a0e68b8aa81c12',1,'{"about":"Every way to answer, once.","badge":"Old Story","contact":"Cora","follow_ups":[{"about":"tale.moment","days":14,"step":{"fields":[{"key":"now","label":"And now?","max_chars":200,"t":"Field"}],"id":"later","say":"And now?","t":"Reflection","title":"What became of it"},"t":"FollowUp"}],"id":"old","minutes":40,"recognition":[{"badge":true,"earn":"story","key":"storyteller","name":"Storyteller","t":"Rule"},{"earn":"host","key":"host","name":"Host","t":"Rule"},{"earn":"thanked","key":"thanked","name":"Thanked","t":"Rule"}],"rescue_lines":{"silence":"I go first."},"statements":["I told one moment"],"steps":[{"fields":[{"key":"text","label":"Hello","max_chars":140,"t":"Field"}],"id":"hello","minutes":3,"say":"One line, please?","t":"Open","title":"Hello"},{"anonymous_allowed":true,"fields":[{"key":"text","label":"Quietly","max_chars":200,"t":"Field"}],"id":"quiet","look":"host","minutes":3,"read_minutes":1,"reveal":"together","say":"What else?","t":"Open","title":"Quietly"},{"id":"gut","minutes":2,"options":[{"key":"up","label":"Up","t":"Option"},{"key":"down","label":"Down","t":"Option"}],"say":"Which?","t":"Choice","title":"Gut"},{"id":"taps","items":[{"key":"joy","label":"Joy","t":"Item"},{"key":"use","label":"Use","t":"Item"}],"minutes":2,"say":"How much?","t":"Scale","title":"Taps"},{"fields":[{"key":"line","label":"A line","max_chars":140,"t":"Field"}],"id":"talk","minutes":4,"read_minutes":1,"say":"Talk, please.","t":"Pair","title":"Talk"},{"fields":[{"key":"moment","label":"What happened","max_chars":300,"t":"Field"},{"key":"idea","label":"An idea","loop":true,"max_chars":80,"optional":true,"t":"Field"}],"id":"tale","minutes":5,"say":"Tell one.","t":"Story","title":"A tale"},{"cards_from":"tale","id":"wall","minutes":3,"reactions":[{"key":"same","label":"Me too","t":"Option"}],"say":"Read one.","t":"Gallery","title":"Wall"},{"dots":2,"id":"pick","minutes":3,"options":[{"key":"rest","label":"Rest a while","t":"Option"}],"options_from":"tale.idea","say":"Two dots.","t":"Vote","title":"Pick"},{"fields":[{"key":"text","label":"One word","max_chars":40,"t":"Field"}],"id":"word","minutes":2,"say":"One word.","t":"Reflection","title":"One word"}],"t":"Script","tail_hours":24,"title":"Old circle","version":"40"}');
INSERT INTO "script" VALUES('cce2327ee1731f51440b8b2ead0514e8',1,'{"about":"Every way to answer, once.","badge":"Old Story","contact":"Cora","days":3,"follow_ups":[{"about":"tale.moment","days":14,"step":{"fields":[{"key":"now","label":"And now?","max_chars":200,"t":"Field"}],"id":"later","say":"And now?","t":"Reflection","title":"What became of it"},"t":"FollowUp"}],"glossary":{"Applied":"I did something with it. Tried it, changed it, passed it on, or dropped it.","Enabling":"What made it possible. Time, permission, tools, somebody''s work.","Immediate":"It was good to be there. Energy, company, a quick fix, being heard.","Orienting":"Seeing where one stands. The history, the people, what others do.","Potential":"I left with something that may be useful. An idea, a contact, a tool, courage.","Realized":"Something got better for somebody, because of it.","Strategic":"People with a stake understand it better, so that aims line up.","Transformative":"I now see the whole thing differently. What counts as success has changed.","value":"What taking part is worth to somebody. It can also be missing, or cost something."},"id":"old","lists":{"cycles":[{"at":[240,300],"core":true,"key":"immediate","label":"Immediate","line":"It was good to be there. Energy, company, a quick fix, being heard.","question":"What was it like to be there?","row":true,"t":"Entry"},{"at":[400,300],"core":true,"key":"potential","label":"Potential","line":"I left with something that may be useful. An idea, a contact, a tool, courage.","question":"What did you leave with?","row":true,"t":"Entry"},{"at":[560,300],"core":true,"key":"applied","label":"Applied","line":"I did something with it. Tried it, changed it, passed it on, or dropped it.","question":"What did you try?","row":true,"t":"Entry"},{"at":[720,300],"core":true,"key":"realized","label":"Realized","line":"Something got better for somebody, because of it.","question":"What was different afterwards, and for whom?","row":true,"t":"Entry"},{"at":[885,300],"key":"transformative","label":"Transformative","line":"I now see the whole thing differently. What counts as success has changed.","question":"Did it change what you think this is for?","row":true,"t":"Entry"},{"at":[560,110],"key":"strategic","label":"Strategic","line":"People with a stake understand it better, so that aims line up.","question":"Who with influence now understands or backs this?","t":"Entry"},{"at":[560,522],"key":"enabling","label":"Enabling","line":"What made it possible. Time, permission, tools, somebody''s work.","question":"What made this possible, and who did that work?","t":"Entry"},{"at":[90,300],"key":"orienting","label":"Orienting","line":"Seeing where one stands. The history, the people, what others do.","question":"What do you see about the landscape that you did not before?","t":"Entry"}]},"minutes":27,"recognition":[{"badge":true,"earn":"story","key":"storyteller","name":"Storyteller","t":"Rule"},{"earn":"host","key":"host","name":"Host","t":"Rule"},{"earn":"thanked","key":"thanked","name":"Thanked","t":"Rule"}],"rescue_lines":{"silence":"I go first."},"review_hours":48,"statements":["I told one moment"],"steps":[{"day":1,"fields":[{"key":"text","label":"Hello","max_chars":140,"t":"Field"}],"id":"hello","minutes":3,"say":"One line, please?","t":"Open","title":"Hello"},{"anonymous_allowed":true,"day":1,"fields":[{"key":"text","label":"Quietly","max_chars":200,"t":"Field"}],"id":"quiet","look":"host","minutes":3,"reveal":"together","say":"What else?","t":"Open","title":"Quietly"},{"day":1,"id":"gut","minutes":2,"options":[{"key":"up","label":"Up","t":"Option"},{"key":"down","label":"Down","t":"Option"}],"say":"Which?","t":"Choice","title":"Gut"},{"day":1,"id":"taps","items":[{"key":"joy","label":"Joy","t":"Item"},{"key":"use","label":"Use","t":"Item"}],"minutes":2,"say":"How much?","t":"Scale","title":"Taps"},{"day":2,"fields":[{"key":"line","label":"A line","max_chars":140,"t":"Field"}],"id":"talk","minutes":4,"say":"Talk, please.","t":"Pair","title":"Talk"},{"day":2,"fields":[{"key":"moment","label":"What happened","max_chars":300,"t":"Field"},{"key":"idea","label":"An idea","loop":true,"max_chars":80,"optional":true,"t":"Field"}],"id":"tale","minutes":5,"say":"Tell one.","t":"Story","title":"A tale"},{"cards_from":"tale","day":3,"id":"wall","minutes":3,"reactions":[{"key":"same","label":"Me too","t":"Option"}],"say":"Read one.","t":"Gallery","title":"Wall"},{"day":3,"dots":2,"id":"pick","minutes":3,"options":[{"key":"rest","label":"Rest a while","t":"Option"}],"options_from":"tale.idea","say":"Two dots.","t":"Vote","title":"Pick"},{"day":3,"fields":[{"key":"text","label":"One word","max_chars":40,"t":"Field"}],"id":"word","minutes":2,"say":"One word.","t":"Reflection","title":"One word"}],"t":"Script","title":"Old circle","version":"async"}');
INSERT INTO "script" VALUES('f1a574afc0db6a018bb2c0bbf61d8936',1,'{"about":"Every way to answer, once.","badge":"Old Story","contact":"Cora","follow_ups":[{"about":"tale.moment","days":14,"step":{"fields":[{"key":"now","label":"And now?","max_chars":200,"t":"Field"}],"id":"later","say":"And now?","t":"Reflection","title":"What became of it"},"t":"FollowUp"}],"glossary":{"Applied":"I did something with it. Tried it, changed it, passed it on, or dropped it.","Enabling":"What made it possible. Time, permission, tools, somebody''s work.","Immediate":"It was good to be there. Energy, company, a quick fix, being heard.","Orienting":"Seeing where one stands. The history, the people, what others do.","Potential":"I left with something that may be useful. An idea, a contact, a tool, courage.","Realized":"Something got better for somebody, because of it.","Strategic":"People with a stake understand it better, so that aims line up.","Transformative":"I now see the whole thing differently. What counts as success has changed.","value":"What taking part is worth to somebody. It can also be missing, or cost something."},"id":"old","lists":{"cycles":[{"at":[240,300],"core":true,"key":"immediate","label":"Immediate","line":"It was good to be there. Energy, company, a quick fix, being heard.","question":"What was it like to be there?","row":true,"t":"Entry"},{"at":[400,300],"core":true,"key":"potential","label":"Potential","line":"I left with something that may be useful. An idea, a contact, a tool, courage.","question":"What did you leave with?","row":true,"t":"Entry"},{"at":[560,300],"core":true,"key":"applied","label":"Applied","line":"I did something with it. Tried it, changed it, passed it on, or dropped it.","question":"What did you try?","row":true,"t":"Entry"},{"at":[720,300],"core":true,"key":"realized","label":"Realized","line":"Something got better for somebody, because of it.","question":"What was different afterwards, and for whom?","row":true,"t":"Entry"},{"at":[885,300],"key":"transformative","label":"Transformative","line":"I now see the whole thing differently. What counts as success has changed.","question":"Did it change what you think this is for?","row":true,"t":"Entry"},{"at":[560,110],"key":"strategic","label":"Strategic","line":"People with a stake understand it better, so that aims line up.","question":"Who with influence now understands or backs this?","t":"Entry"},{"at":[560,522],"key":"enabling","label":"Enabling","line":"What made it possible. Time, permission, tools, somebody''s work.","question":"What made this possible, and who did that work?","t":"Entry"},{"at":[90,300],"key":"orienting","label":"Orienting","line":"Seeing where one stands. The history, the people, what others do.","question":"What do you see about the landscape that you did not before?","t":"Entry"}]},"minutes":40,"recognition":[{"badge":true,"earn":"story","key":"storyteller","name":"Storyteller","t":"Rule"},{"earn":"host","key":"host","name":"Host","t":"Rule"},{"earn":"thanked","key":"thanked","name":"Thanked","t":"Rule"}],"rescue_lines":{"silence":"I go first."},"statements":["I told one moment"],"steps":[{"fields":[{"key":"text","label":"Hello","max_chars":140,"t":"Field"}],"id":"hello","minutes":3,"say":"One line, please?","t":"Open","title":"Hello"},{"anonymous_allowed":true,"fields":[{"key":"text","label":"Quietly","max_chars":200,"t":"Field"}],"id":"quiet","look":"host","minutes":3,"read_minutes":1,"reveal":"together","say":"What else?","t":"Open","title":"Quietly"},{"id":"gut","minutes":2,"options":[{"key":"up","label":"Up","t":"Option"},{"key":"down","label":"Down","t":"Option"}],"say":"Which?","t":"Choice","title":"Gut"},{"id":"taps","items":[{"key":"joy","label":"Joy","t":"Item"},{"key":"use","label":"Use","t":"Item"}],"minutes":2,"say":"How much?","t":"Scale","title":"Taps"},{"fields":[{"key":"line","label":"A line","max_chars":140,"t":"Field"}],"id":"talk","minutes":4,"read_minutes":1,"say":"Talk, please.","t":"Pair","title":"Talk"},{"fields":[{"key":"moment","label":"What happened","max_chars":300,"t":"Field"},{"key":"idea","label":"An idea","loop":true,"max_chars":80,"optional":true,"t":"Field"}],"id":"tale","minutes":5,"say":"Tell one.","t":"Story","title":"A tale"},{"cards_from":"tale","id":"wall","minutes":3,"reactions":[{"key":"same","label":"Me too","t":"Option"}],"say":"Read one.","t":"Gallery","title":"Wall"},{"dots":2,"id":"pick","minutes":3,"options":[{"key":"rest","label":"Rest a while","t":"Option"}],"options_from":"tale.idea","say":"Two dots.","t":"Vote","title":"Pick"},{"fields":[{"key":"text","label":"One word","max_chars":40,"t":"Field"}],"id":"word","minutes":2,"say":"One word.","t":"Reflection","title":"One word"}],"t":"Script","tail_hours":24,"title":"Old circle","version":"40"}');
CREATE TABLE seen (
	event TEXT NOT NULL, 
	session TEXT NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (event, session)
)
 WITHOUT ROWID

;
INSERT INTO "seen" VALUES('discord:1576002622802886656','d0a815841b67',1795818705.989);
INSERT INTO "seen" VALUES('discord:1576002622844829701','d0a815841b67',1795818705.999);
INSERT INTO "seen" VALUES('discord:1576002622878384128','d0a815841b67',1795818706.007);
INSERT INTO "seen" VALUES('discord:1576002622899355648','d0a815841b67',1795818706.012);
INSERT INTO "seen" VALUES('discord:1576002622907744257','d0a815841b67',1795818706.014);
INSERT INTO "seen" VALUES('discord:1576002622916132865','d0a815841b67',1795818706.016);
INSERT INTO "seen" VALUES('lacks:d0a815841b67','d0a815841b67',1.79581870599854111669e+09);
INSERT INTO "seen" VALUES('matrix:$5969f8d5fcb1195b214fffa5','24be9fa7f4ef',1795818711.083);
INSERT INTO "seen" VALUES('matrix:$5b4fbbcf257ef0b6c22484da','24be9fa7f4ef',1795818708.072);
INSERT INTO "seen" VALUES('matrix:$b9061ddc20228b91ed054f7d','24be9fa7f4ef',1795818710.079);
INSERT INTO "seen" VALUES('matrix:$c81e57c272cb57033ebd407c','24be9fa7f4ef',1795818709.075);
INSERT INTO "seen" VALUES('placed:48c8cf1503d26e6428c54f0fe','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('placed:8d3ad3b174e7e2814c3a82407','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('placed:9242e7075d5b4563ed2bf5617','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('wake:008a4d1958081e99e7144262d','ff9ddfa4841a',1.79572150622914099692e+09);
INSERT INTO "seen" VALUES('wake:00f0ee8acbdf6b728dd8cc660','a5ba56e8c23b',1.7919308812291409969e+09);
INSERT INTO "seen" VALUES('wake:02ad8b2f9b31cdaf53fe0e137','a5ba56e8c23b',1.7920171012291409969e+09);
INSERT INTO "seen" VALUES('wake:047652c266704eba154dfc425','a5ba56e8c23b',1.79210350122914099696e+09);
INSERT INTO "seen" VALUES('wake:07d2e09bbf7127087da64f897','a5ba56e8c23b',1.7919308812291409969e+09);
INSERT INTO "seen" VALUES('wake:14da61355cd76d41c8ee68063','a5ba56e8c23b',1.79193100122914099692e+09);
INSERT INTO "seen" VALUES('wake:1b9329f15fc12b47c85d17b92','a5ba56e8c23b',1.79197390122914099698e+09);
INSERT INTO "seen" VALUES('wake:225e4c4e14751506a7e103157','ff9ddfa4841a',1.79572159122914099685e+09);
INSERT INTO "seen" VALUES('wake:28714a63eb18620200f682db4','a5ba56e8c23b',1.79193076122914099696e+09);
INSERT INTO "seen" VALUES('wake:30a8da0d7fe4cf2fcde0484c9','a5ba56e8c23b',1.7932339012291409969e+09);
INSERT INTO "seen" VALUES('wake:39cf886e305641ad806180772','a5ba56e8c23b',1.7919308812291409969e+09);
INSERT INTO "seen" VALUES('wake:43c83ce721f057e1990a664b2','a5ba56e8c23b',1.7920171012291409969e+09);
INSERT INTO "seen" VALUES('wake:4d6b3cdcd739e48f40d475221','ff9ddfa4841a',1.79576470122914099696e+09);
INSERT INTO "seen" VALUES('wake:56f185aa8573feb7d6dc5eecd','a5ba56e8c23b',1.79193070622914099694e+09);
INSERT INTO "seen" VALUES('wake:57cc319abff2f1a40d9fd2787','a5ba56e8c23b',1.79193076122914099696e+09);
INSERT INTO "seen" VALUES('wake:66e7a22f330cd45bfd78be277','a5ba56e8c23b',1.79193082122914099695e+09);
INSERT INTO "seen" VALUES('wake:69959201ac87b37744b743e83','a5ba56e8c23b',1.79193076122914099696e+09);
INSERT INTO "seen" VALUES('wake:71eb3d1bc0d7644704e5e88e1','a5ba56e8c23b',1.79193100122914099692e+09);
INSERT INTO "seen" VALUES('wake:7367d7f3ec72c55c5729a6f02','ff9ddfa4841a',1.79572168122914099688e+09);
INSERT INTO "seen" VALUES('wake:761da28d9d4d27516fc0ba4c7','ff9ddfa4841a',1.79580790122914099688e+09);
INSERT INTO "seen" VALUES('wake:81c3deb307214483de4e183c8','a5ba56e8c23b',1.79193082122914099695e+09);
INSERT INTO "seen" VALUES('wake:88f18625a8831454f3831b182','ff9ddfa4841a',1.79572180122914099691e+09);
INSERT INTO "seen" VALUES('wake:8ba0533b0ddf32948beb6f5d2','ff9ddfa4841a',1.79572156122914099694e+09);
INSERT INTO "seen" VALUES('wake:a85825ebb85a6d068fb8f0114','ff9ddfa4841a',1.79572168122914099688e+09);
INSERT INTO "seen" VALUES('wake:aac6bdb7470cede8fb11a860e','a5ba56e8c23b',1.79193094122914099697e+09);
INSERT INTO "seen" VALUES('wake:afc8f1f8d520d2f7ff98fd1f3','ff9ddfa4841a',1.79572156122914099694e+09);
INSERT INTO "seen" VALUES('wake:b993d3a86253a40a67d0a525a','a5ba56e8c23b',1.7919308812291409969e+09);
INSERT INTO "seen" VALUES('wake:c6011ce370353e4b3423f59d0','ff9ddfa4841a',1.79572168122914099688e+09);
INSERT INTO "seen" VALUES('wake:c6b8cd1499ae54b1d247b68b1','ff9ddfa4841a',1.79572180122914099691e+09);
INSERT INTO "seen" VALUES('wake:c9e503b83c0b07c4948d6a41d','a5ba56e8c23b',1.7932339012291409969e+09);
INSERT INTO "seen" VALUES('wake:cf118692fd4ace5da30d8d5bf','a5ba56e8c23b',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('wake:d0ad7fea16cd1f77833d2ea74','ff9ddfa4841a',1.79572162122914099693e+09);
INSERT INTO "seen" VALUES('wake:d2a5f604a29c54c3e3327ae51','ff9ddfa4841a',1.79572168122914099688e+09);
INSERT INTO "seen" VALUES('wake:d6c3bf73a4591f2f02e3824df','ff9ddfa4841a',1.79572174122914099696e+09);
INSERT INTO "seen" VALUES('wake:dbdaba21d69fb00fee1f7ac54','a5ba56e8c23b',1.79193079122914099687e+09);
INSERT INTO "seen" VALUES('wake:e543a2183b18cf80311418464','ff9ddfa4841a',1.79572156122914099694e+09);
INSERT INTO "seen" VALUES('wake:ebbb3efd53f5c0c9abf415466','ff9ddfa4841a',1.79580790122914099688e+09);
INSERT INTO "seen" VALUES('wake:f74fa4a685818c38c9b610b77','a5ba56e8c23b',1.79193082122914099695e+09);
INSERT INTO "seen" VALUES('wake:f8aa8a2016897d06fe00b50e5','a5ba56e8c23b',1.79206030122914099691e+09);
INSERT INTO "seen" VALUES('wake:f95bd63fe9cae8b76aa9ec5ce','ff9ddfa4841a',1.79572162122914099693e+09);
INSERT INTO "seen" VALUES('wake:fe4c32a74749c5812a23cd1fc','ff9ddfa4841a',1.79572162122914099693e+09);
INSERT INTO "seen" VALUES('web:e1','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e10','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e100','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e101','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e102','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e103','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e104','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e105','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e106','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e107','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e108','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e109','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e11','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e110','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e111','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e112','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e113','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e114','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e115','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e116','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e117','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e118','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e119','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e12','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e120','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e121','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e122','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e123','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e124','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e125','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e126','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e127','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e128','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e129','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e13','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e130','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e131','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e132','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e133','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e134','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e135','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e136','',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e136','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e137','ba2e18847235',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e138','ba2e18847235',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e139','ba2e18847235',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e14','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e140','ba2e18847235',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e141','ba2e18847235',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e142','ba2e18847235',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e143','ba2e18847235',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e144','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e145','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e146','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e147','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e148','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e149','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e15','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e150','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e151','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e152','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e153','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e154','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e155','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e156','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e157','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e158','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e159','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e16','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e160','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e161','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e162','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e163','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e164','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e165','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e166','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e167','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e168','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e169','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e17','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e170','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e171','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e172','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e173','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e174','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e175','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e176','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e177','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e178','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e179','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e18','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e180','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e181','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e182','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e183','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e184','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e185','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e186','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e187','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e188','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e189','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e19','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e190','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e191','3d47bbd130f4',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e192','162a1ffaf0af',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e193','162a1ffaf0af',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e194','162a1ffaf0af',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e195','',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e196','',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e197','',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e198','',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e199','',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e2','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e20','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e200','',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e201','',1.79581870122914099693e+09);
INSERT INTO "seen" VALUES('web:e21','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e22','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e23','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e24','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e25','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e26','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e27','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e28','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e29','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e3','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e30','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e31','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e32','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e33','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e34','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e35','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e36','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e37','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e38','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e39','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e4','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e40','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e41','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e42','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e43','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e44','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e45','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e46','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e47','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e48','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e49','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e5','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e50','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e51','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e52','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e53','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e54','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e55','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e56','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e57','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e58','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e59','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e6','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e60','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e61','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e62','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e63','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e64','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e65','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e66','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e67','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e68','a5ba56e8c23b',1.7920243012291409969e+09);
INSERT INTO "seen" VALUES('web:e69','a5ba56e8c23b',1.79211430122914099688e+09);
INSERT INTO "seen" VALUES('web:e7','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e70','a5ba56e8c23b',1.79211430122914099688e+09);
INSERT INTO "seen" VALUES('web:e71','a5ba56e8c23b',1.79211430122914099688e+09);
INSERT INTO "seen" VALUES('web:e72','a5ba56e8c23b',1.79341030122914099698e+09);
INSERT INTO "seen" VALUES('web:e73','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e74','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e75','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e76','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e77','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e78','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e79','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e8','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e80','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e81','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e82','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e83','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e84','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e85','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e86','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e87','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e88','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e89','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e9','a5ba56e8c23b',1.79193070122914099688e+09);
INSERT INTO "seen" VALUES('web:e90','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e91','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e92','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e93','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e94','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e95','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e96','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e97','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e98','ff9ddfa4841a',1.79572150122914099695e+09);
INSERT INTO "seen" VALUES('web:e99','ff9ddfa4841a',1.79572150122914099695e+09);
CREATE TABLE session (
	id TEXT NOT NULL, 
	community TEXT NOT NULL, 
	script TEXT NOT NULL, 
	room TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	phase TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "session" VALUES('162a1ffaf0af','web','f1a574afc0db6a018bb2c0bbf61d8936','web:lobby','2026-11-27T22:31:41.229141+00:00','lobby');
INSERT INTO "session" VALUES('24be9fa7f4ef','matrix:!94fe7444c457046c:localhost','a98f55a6008690b8e0a0e68b8aa81c12','matrix:!94fe7444c457046c:localhost','2026-11-27T22:31:48.072000+00:00','running');
INSERT INTO "session" VALUES('3d47bbd130f4','web','f1a574afc0db6a018bb2c0bbf61d8936','web:running','2026-11-27T22:31:41.229141+00:00','running');
INSERT INTO "session" VALUES('a5ba56e8c23b','web','f1a574afc0db6a018bb2c0bbf61d8936','web:closed','2026-10-13T22:31:41.229141+00:00','closed');
INSERT INTO "session" VALUES('ba2e18847235','web','cce2327ee1731f51440b8b2ead0514e8','web:days','2026-11-27T22:31:41.229141+00:00','running');
INSERT INTO "session" VALUES('d0a815841b67','discord:1576002622475730945','a98f55a6008690b8e0a0e68b8aa81c12','discord:1576002622475730947','2026-11-27T22:31:45.989000+00:00','running');
INSERT INTO "session" VALUES('ff9ddfa4841a','web','f1a574afc0db6a018bb2c0bbf61d8936','web:review','2026-11-26T19:31:41.229141+00:00','review');
CREATE TABLE showcase (
	person TEXT NOT NULL, 
	id TEXT NOT NULL, 
	PRIMARY KEY (person), 
	UNIQUE (id)
)
 WITHOUT ROWID

;
CREATE TABLE web_inbox (
	id INTEGER NOT NULL, 
	nonce TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (nonce)
);
CREATE TABLE web_mark (
	member TEXT NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (member, name)
)
 WITHOUT ROWID

;
INSERT INTO "web_mark" VALUES('1ada','Storyteller');
CREATE TABLE web_member (
	id TEXT NOT NULL, 
	room TEXT NOT NULL, 
	name TEXT NOT NULL, 
	plain_name TEXT NOT NULL, 
	host INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "web_member" VALUES('0hedi-closed','closed','Hedi','hedi',1,1.0);
INSERT INTO "web_member" VALUES('0hedi-days','days','Hedi','hedi',1,1.0);
INSERT INTO "web_member" VALUES('0hedi-lobby','lobby','Hedi','hedi',1,1.0);
INSERT INTO "web_member" VALUES('0hedi-review','review','Hedi','hedi',1,1.0);
INSERT INTO "web_member" VALUES('0hedi-running','running','Hedi','hedi',1,1.0);
INSERT INTO "web_member" VALUES('1ada-closed','closed','Ada','ada',0,1.0);
INSERT INTO "web_member" VALUES('1ada-days','days','Ada','ada',0,1.0);
INSERT INTO "web_member" VALUES('1ada-lobby','lobby','Ada','ada',0,1.0);
INSERT INTO "web_member" VALUES('1ada-review','review','Ada','ada',0,1.0);
INSERT INTO "web_member" VALUES('1ada-running','running','Ada','ada',0,1.0);
INSERT INTO "web_member" VALUES('2bo-closed','closed','Bo','bo',0,1.0);
INSERT INTO "web_member" VALUES('2bo-days','days','Bo','bo',0,1.0);
INSERT INTO "web_member" VALUES('2bo-lobby','lobby','Bo','bo',0,1.0);
INSERT INTO "web_member" VALUES('2bo-review','review','Bo','bo',0,1.0);
INSERT INTO "web_member" VALUES('2bo-running','running','Bo','bo',0,1.0);
INSERT INTO "web_member" VALUES('3chi-closed','closed','Chi','chi',0,1.0);
INSERT INTO "web_member" VALUES('3chi-days','days','Chi','chi',0,1.0);
INSERT INTO "web_member" VALUES('3chi-lobby','lobby','Chi','chi',0,1.0);
INSERT INTO "web_member" VALUES('3chi-review','review','Chi','chi',0,1.0);
INSERT INTO "web_member" VALUES('3chi-running','running','Chi','chi',0,1.0);
INSERT INTO "web_member" VALUES('4dan-closed','closed','Dan','dan',0,1.0);
INSERT INTO "web_member" VALUES('4dan-days','days','Dan','dan',0,1.0);
INSERT INTO "web_member" VALUES('4dan-lobby','lobby','Dan','dan',0,1.0);
INSERT INTO "web_member" VALUES('4dan-review','review','Dan','dan',0,1.0);
INSERT INTO "web_member" VALUES('4dan-running','running','Dan','dan',0,1.0);
INSERT INTO "web_member" VALUES('5eve-closed','closed','Eve','eve',0,1.0);
INSERT INTO "web_member" VALUES('5eve-days','days','Eve','eve',0,1.0);
INSERT INTO "web_member" VALUES('5eve-lobby','lobby','Eve','eve',0,1.0);
INSERT INTO "web_member" VALUES('5eve-review','review','Eve','eve',0,1.0);
INSERT INTO "web_member" VALUES('5eve-running','running','Eve','eve',0,1.0);
CREATE TABLE web_message (
	id INTEGER NOT NULL, 
	rev INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	author TEXT NOT NULL, 
	"key" TEXT, 
	body TEXT NOT NULL, 
	reply_to TEXT NOT NULL, 
	signs TEXT NOT NULL, 
	edited INTEGER NOT NULL, 
	deleted INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
INSERT INTO "web_message" VALUES(1,13,'web:closed','','c51d1b3b1f0a21b8f1c52c093','{"text": "**Old circle**, about 40 minutes. It is meant for adults. Before we begin:\n- Who reads: everybody in this room, also on a screen (the board). Some questions are written in private and shown together; a host looks first, without names. Stories and reflections: nobody, unless you allow it. Pairs: only those in them.\n- What is kept: your answers, to change or take back. Whoever runs this bot could read its database. A ✓ on your message says that it counts. What you do not share is erased 90 days after the end.\n- Where it goes: a recap that counts everybody and quotes nobody without their yes. Silence means that you are only counted.\n- Pass on anything, read along, or leave, at any time. Help: /helpme reaches Cora, or ⁨Bo⁩.", "kind": "notice", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(2,2,'web:closed/hosts','','dbe2448044681b4bb82db50ca','{"text": "The lobby is open. /workshop begin asks the first question.", "kind": "note", "buttons": [["Begin", "workshop begin"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(3,3,'web:closed','','d4ac68e481c6b39b699defec3','{"text": "Every way to answer, once.", "kind": "note", "buttons": [["Join", "join"], ["Just read", "read"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(4,4,'web:closed/~1ada','','abbca17a29f8eb43734c95141','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(5,5,'web:closed/~2bo','','cf972ab366b4be16b546d5743','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(6,6,'web:closed/~3chi','','39150aa15347861bc7a3de604','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(7,7,'web:closed/~4dan','','9f615fa1b97bc6f60634be9c0','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(8,8,'web:closed/~5eve','','bb8bea9dc2291146d9be591a8','{"text": "Welcome. You are reading along: nobody waits for you. /join whenever you like.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(9,9,'web:closed/~4dan','','c9e84261ba4f6e338dbc1a6c4','{"text": "You are the host''s companion now: you see the panel and can hold, remove, lock and rescue. If the host is away, you take over with one tap, or /workshop takeover.", "kind": "note", "buttons": [["Take over", "workshop takeover"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(10,10,'web:closed/hosts','','453a72b94dd2a9bb48ebf4f02','{"text": "You have a companion now. They see this panel.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(11,11,'web:closed/~2bo','','e3cb6b25d28a339206816c4b8','{"text": "You are the second contact of this session: when somebody asks for help or reports a card, you hear of it.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(12,12,'web:closed/hosts','','804b2a5c7e682e4f195667926','{"text": "The second contact is named; the notice says so.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(13,14,'web:closed/hosts','','e11bfcbc5885f5c6f55a66f36','{"text": "Noted. These two will not be paired.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(14,15,'web:closed/~2bo','','3b2ecfc0485f384ca6fc58824','{"text": "Ab hier liest du in dieser Sprache, was nur du siehst, so weit es übersetzt ist.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(15,16,'web:closed/~1ada','','62589f3c1a6a64f1b04cac3f6','{"text": "Thank you. I will write to you privately, this many days after the recap: 14. Nothing else, and /follow no ends it.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(16,17,'web:closed','','09c0e4a78e125a5ed6160bb76','{"text": "**1 of 9: Hello**\n\nOne line, please?\n\nJust write it here, or /answer. 3 min; /pass lets it go by.", "kind": "prompt", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(17,18,'web:closed/~2bo','','3da39c117beb335d9f95b4982','{"text": "Aufgehoben. Es steht unter /my und kommt in den Rückblick, wenn du es erlaubst.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(18,19,'web:closed','','59fd8a76c2fe979a04f7229d1','{"text": "I go first.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(19,20,'web:closed','','cfe15802fa2aceb9eaa4fe043','{"text": "**2 of 9: Quietly**\n\nWhat else?\n\nIn private, with the form or /answer. Shown together in 3 min; /pass lets it go by.", "kind": "prompt", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(20,21,'web:closed/~1ada','','253f74eeb99ebbb5725085543','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(21,22,'web:closed/~2bo','','03a2d7980555267e0b49ee332','{"text": "Angenommen. Du kannst es unter /my ändern oder zurücknehmen.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(22,23,'web:closed/~3chi','','5711d238eaec414db6a621ab9','{"text": "That is fine. You can still answer later.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(23,24,'web:closed/~4dan','','d998906671935fe2ca83bde3e','{"text": "You have two more minutes from now, at least.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(24,25,'web:closed','','3c78d81d09eb0ae98deaa24e2','{"text": "We pause here. Take your time; nothing runs out.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(25,26,'web:closed','','5e19d875c16d831e1b629c49d','{"text": "We go on.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(26,27,'web:closed/hosts','','2ac941bd23337e24926f09271','{"text": "This is about to be shown to everybody. You have a minute; /workshop hold and a number holds a card back.", "kind": "note", "buttons": [["Show it now", "workshop next 7"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(27,35,'web:closed/hosts','','6cc36e0532c51267757a4b9a3','','','',0,1,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(28,29,'web:closed/hosts','','a9fc281d11b6a33da9fd35fc3','{"text": "Held back. Its author was told, and nobody else.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(29,30,'web:closed/~1ada','','38f2bc81367a2645cc97de690','{"text": "A host holds back what you wrote: it is not shown to others. You can change it under /my, or ask why with /helpme.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(30,32,'web:closed/hosts','','98162dfb5a198d7b3b7070829','{"text": "Let go. Its author was told.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(31,33,'web:closed/~1ada','','326453c55f5d0b8d56154c31a','{"text": "A host let go what was held back: it can be shown again.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(32,36,'web:closed','','5c09e07c412355d4727e10836','{"text": "**Quietly**\n\nCard 1, ⁨somebody⁩:\n> ⁨Quiet thought⁩\n\nCard 2, ⁨Bo⁩:\n> ⁨Another thought⁩", "kind": "answers", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(33,37,'web:closed','','bfc893e8f9bd142dccb23737c','{"text": "**3 of 9: Gut**\n\nWhich?\n\n1. ⁨Up⁩\n2. ⁨Down⁩\n\nOne, with the buttons or /pick and the number. Nobody sees whose.", "kind": "prompt", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(34,38,'web:closed','','6f85dbed7f414d88a7a0dd8b3','{"text": "**Gut**\n\nFewer than 4 people tapped, so the spread stays closed.", "kind": "spread", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(35,39,'web:closed/~1ada','','efd8c2c4226d4d6c3fbde91a4','{"text": "Next we talk in pairs. How would you like that? Nobody else sees what you choose. Typed: /pair someone, /pair three or /pair alone.", "kind": "note", "buttons": [["With someone", "pair someone"], ["In three", "pair three"], ["Alone with the bot", "pair alone"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(36,40,'web:closed/~2bo','','c512617df3f3d66bf6280bf68','{"text": "Als Nächstes sprechen wir zu zweit. Wie möchtest du das? Niemand sonst sieht deine Wahl. Getippt: /pair someone, /pair three oder /pair alone.", "kind": "note", "buttons": [["Mit jemandem", "pair someone"], ["Zu dritt", "pair three"], ["Allein mit dem Bot", "pair alone"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(37,41,'web:closed/~3chi','','8cb590519cc1983ad1d841357','{"text": "Next we talk in pairs. How would you like that? Nobody else sees what you choose. Typed: /pair someone, /pair three or /pair alone.", "kind": "note", "buttons": [["With someone", "pair someone"], ["In three", "pair three"], ["Alone with the bot", "pair alone"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(38,42,'web:closed','','aa2d9b58781d4c4f0d9dc1a9f','{"text": "**4 of 9: Taps**\n\nHow much?\n\n1. **Joy**\n2. **Use**\n\nA number from 1 to 5 for each, or ? if you can''t tell, with the buttons or /pick 3 4 ? 2. Nobody sees whose.", "kind": "prompt", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(39,43,'web:closed/~1ada','','9bf1198c5055383b0f74d20be','{"text": "Nothing is waiting for an answer just now. /now shows where we are.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(40,44,'web:closed/~3chi','','31c601e7a261d55181c04f198','{"text": "Nothing was typed for you that waits for your word.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(41,45,'web:closed/~2bo','','7ae1592b5efa7fed990e5a784','{"text": "Gerade wartet nichts auf eine Antwort. /now zeigt, wo wir sind.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(42,46,'web:closed/~4dan','','c100e6c5de6aa0f6089bf41d5','{"text": "Nothing was typed for you that waits for your word.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(43,47,'web:closed','','8f9d2139a486b5dd7c1490362','{"text": "**Taps**\n\n- Fewer than 4 people tapped, so nothing is drawn", "kind": "spread", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(44,48,'web:closed/~3chi','','d9c008bd3bbd97690dd13b941','{"text": "You do this one by yourself: /answer and your line. /partner finds you company, if there is any.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(45,49,'web:closed','','47cac31e0dc11e21335f0ee19','{"text": "**5 of 9: Talk**\n\nTalk, please.\n\nEach group talks in a thread of its own; only those in it, and whoever runs this bot, can read it. One of you brings a line back for all: the form, or /answer. 4 min; /partner changes your partner, silently.", "kind": "prompt", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(46,50,'web:closed/t48c8cf1503d2','','1362478635e29abaf0b600e5a','{"text": "**5 of 9: Talk**\n\nTalk, please.\n\nTalk here; only those in this thread, and whoever runs this bot, can read it. One of you brings a line back for all: the form, or /answer. 4 min.", "kind": "prompt", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(47,51,'web:closed','','89c6d2160bee6d4eb1fdc27f7','{"text": "**6 of 9: A tale**\n\nTell one.\n\nIn private, with the form or /answer. Nobody reads this now, and nobody later unless you allow it. What you write under “An idea” is shown to all, without your name, as an idea to vote on. Hard to tell? /helpme reaches Cora, or ⁨Bo⁩. 5 min; /pass lets it go by.", "kind": "prompt", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(48,52,'web:closed/~1ada','','000d5ade914d4dcf76b0a4f36','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(49,53,'web:closed/~1ada','','f94e4b75c3a3aea3b8ee539b2','{"text": "If you name anybody in your story, make sure that they are fine with it; /change takes other words, such as “a colleague”.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(50,54,'web:closed/~2bo','','170d8177392b6516f8f10ae54','{"text": "Angenommen. Du kannst es unter /my ändern oder zurücknehmen.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(51,55,'web:closed/~3chi','','c59fe23550a98ed2041cb91a5','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(52,56,'web:closed/~3chi','','c4ed4ceb7813e17d51b227032','{"text": "Somebody of this circle is named in these words. Are they fine with it? If you are not sure, change them: /my shows their number, /change takes the new ones.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(53,57,'web:closed','','8eb84ac952a78a447d39472c1','{"text": "**7 of 9: Wall**\n\nRead one.\n\n- same: Me too\n\nRead slowly. Answer a card with the buttons, or type its number and a sign: 3 same.", "kind": "prompt", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(54,58,'web:closed','','522d6636a3bd69388a7c18428','{"text": "**A tale**\n\nCard 1, ⁨Ada⁩:\n> What happened: ⁨The key was lost, and found.⁩\n> An idea: ⁨A second key⁩\n\nCard 2, ⁨somebody⁩:\n> What happened: ⁨Ada helped me with the form.⁩", "kind": "answers", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(55,59,'web:closed/hosts','','b76237744f05df17e030e4d9a','{"text": "Somebody asks you to look at this.", "kind": "note", "buttons": [["Hold it back", "workshop hold a71"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(56,60,'web:closed/~2bo','','d55a69dade8fb2a34b43f0bff','{"text": "Jemand bittet dich, das anzusehen; die Leitung wurde auch informiert. Du bist die zweite Ansprechperson.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(57,61,'web:closed/~4dan','','3822343968dec2e8f0aa17d9c','{"text": "Thank you. The host and the second contact, if there is one, look at it. Nobody is told that it was you.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(58,62,'web:closed/hosts','','c38e4b7ff38301b9fdc8738ca','{"text": "⁨somebody⁩:\n> What happened: ⁨Ada helped me with the form.⁩", "kind": "report", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(59,63,'web:closed/~2bo','','e28670cbadeb3d761f1c14911','{"text": "⁨jemand⁩:\n> What happened: ⁨Ada helped me with the form.⁩", "kind": "report", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(60,64,'web:closed/~2bo','','ac24d7c33f8594a9ecbbefcea','{"text": "Nenne die Karte (ihre Nummer) oder wer erzählt hat, dann ein Doppelpunkt, dann einen Satz, etwa: /endorse 2: Ich habe das benutzt.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(61,65,'web:closed','','8bc67ab86377eec2ce68c4b52','{"text": "**8 of 9: Pick**\n\nTwo dots.\n\n1. ⁨Rest a while⁩\n2. ⁨A second key⁩\n3. ⁨A shorter hour⁩\n\nUp to 2, with the buttons or /pick and the number. Nobody sees whose.", "kind": "prompt", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(62,66,'web:closed','','60225388a8b434a76e242a69a','{"text": "**Pick**\n\nFewer than 4 people tapped, so the spread stays closed.", "kind": "spread", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(63,67,'web:closed','','ac6c52c0c3c0465fb47f52796','{"text": "**9 of 9: One word**\n\nOne word.\n\nIn private, with the form or /answer. 2 min; /pass lets it go by.", "kind": "prompt", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(64,68,'web:closed/~4dan','','66ed366a8c6c47be029432ab7','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(65,69,'web:closed/hosts','','95c123f6f5effcb92c93543bd','{"text": "⁨Chi⁩ thanks ⁨Ada⁩:\n> ⁨for helping me with the form⁩\nIt goes on when you nod: /nod 1, or /nod 1 no.\nIf you recognise them for it: Thanked: /nod 1 thanked", "kind": "thanks", "buttons": [["Let it go on", "nod 1"], ["Hold it back", "nod 1 no"], ["Thanked", "nod 1 thanked"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(66,70,'web:closed/~3chi','','1d3c1e3d4c1ec60dc087d290e','{"text": "Thank you. When a host has glanced at it, it reaches them. In the recap it stands only if you say so: /thanked 1 name, anonymous or no. /thanked 1 back takes it back.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(67,71,'web:closed','','74f5447c4bdff0c07afc62c7d','{"text": "**Old circle: thank you.**\n4 took part, 1–3 read along; 17 answers.\nYou have 48 hours to look over your words (/my): what may go into the recap, under which name, or not at all. Silence means that you are only counted.", "kind": "closing", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(68,83,'web:closed/~1ada','','71c183ae4ab258159cdc460ba','{"text": "**My words**: only you see this.\n\n1. Hello (shown in the room; in the recap, under your name)\n> ⁨Here with green tea⁩\n\n2. Quietly (shown in the room; in the recap, without your name)\n> ⁨Quiet thought⁩\n\n3. Gut (not shown to anybody; not in the recap)\n> ⁨Up⁩\n\n4. Taps (not shown to anybody; not in the recap)\n> you picked: ⁨Joy: 4⁩\n> you picked: ⁨Use: 2⁩\n\n5. A tale (shown in the room; in the recap, under your name)\n> What happened: ⁨The key was lost, and found.⁩\n> An idea: ⁨A second key⁩\nOthers answered: 1 × Me too\n\n6. Pick (not shown to anybody; not in the recap)\n> ⁨Rest a while⁩\n\n/share 1 name, anonymous or no · /change 1 and the new words · /withdraw 1 · /forget me\nA short film is made of the recap. It quotes only who says yes to that, too: /film 1 yes · /film 1 no\nMay I ask you once, privately, what became of it? It would be 14 days after the recap. So far you say yes. /follow yes · /follow no\n**Storyteller** is yours. /recognition decline storyteller gives it back.", "kind": "mine", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(69,73,'web:closed/~2bo','','52c69d5196a801462e1119cf0','{"text": "**Meine Worte**: das siehst nur du.\n\n1. Hello (im Raum gezeigt; nicht im Rückblick)\n> ⁨On the train⁩\n\n2. Parked for later (niemandem gezeigt; nicht im Rückblick)\n> ⁨Budget, another time⁩\n\n3. Quietly (im Raum gezeigt; im Rückblick, mit deinem Namen)\n> ⁨Another thought⁩\n\n4. Gut (niemandem gezeigt; nicht im Rückblick)\n> ⁨Down⁩\n\n5. Taps (niemandem gezeigt; nicht im Rückblick)\n> deine Wahl: ⁨Joy: 3⁩\n> deine Wahl: ⁨Use: kann ich nicht sagen⁩\n\n6. A tale (niemandem gezeigt; nicht im Rückblick)\n> What happened: ⁨Nobody came, and it was fine.⁩\n> An idea: ⁨A shorter hour⁩\n\n/share 1 name, anonymous oder no · /change 1 und die neuen Worte · /withdraw 1 · /forget me\nAus dem Rückblick wird ein kurzer Film gemacht. Er zitiert nur, wer auch dazu ja sagt: /film 1 yes · /film 1 no\nDarf ich dich einmal vertraulich fragen, was daraus wurde? Das wäre 14 Tage nach dem Rückblick. Bisher sagst du nein. /follow yes · /follow no", "kind": "mine", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(70,74,'web:closed/~3chi','','8c2506a6ed7931eff92894f6b','{"text": "**My words**: only you see this.\n\n1. Gut (not shown to anybody; not in the recap)\n> ⁨Up⁩\n\n2. A tale (shown in the room; in the recap, without your name)\n> ⁨Ada helped me with the form.⁩\n\n3. Pick (not shown to anybody; not in the recap)\n> ⁨Rest a while⁩\n\n/share 1 name, anonymous or no · /change 1 and the new words · /withdraw 1 · /forget me\nA short film is made of the recap. It quotes only who says yes to that, too: /film 1 yes · /film 1 no\nMay I ask you once, privately, what became of it? It would be 14 days after the recap. So far you say no. /follow yes · /follow no\nIf you like, you are **Storyteller** here: /recognition take storyteller", "kind": "mine", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(71,75,'web:closed/~4dan','','7f4c4ad6dc6a4b75778108bea','{"text": "**My words**: only you see this.\n\n1. Hello (shown in the room; not in the recap)\n> ⁨Sorry, what?⁩\n\n2. One word (not shown to anybody; not in the recap)\n> ⁨lighter⁩\n\n/share 1 name, anonymous or no · /change 1 and the new words · /withdraw 1 · /forget me\nMay I ask you once, privately, what became of it? It would be 14 days after the recap. So far you say no. /follow yes · /follow no", "kind": "mine", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(72,76,'web:closed/~0hedi','','b8183c9aa62180376c4a59d66','{"text": "You held this session. If you like, you are **Host** here. Only if you take it.", "kind": "note", "buttons": [["Take it", "recognition take host"], ["No, thank you", "recognition decline host"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(73,77,'web:closed/~1ada','','6432d330e5bb3a18c174f3c23','{"text": "You told a story and let others read it. If you like, you are **Storyteller** here. Only if you take it.", "kind": "note", "buttons": [["Take it", "recognition take storyteller"], ["No, thank you", "recognition decline storyteller"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(74,78,'web:closed/~3chi','','72a5e0093a7d95d4f5b272af0','{"text": "You told a story and let others read it. If you like, you are **Storyteller** here. Only if you take it.", "kind": "note", "buttons": [["Take it", "recognition take storyteller"], ["No, thank you", "recognition decline storyteller"]]}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(75,80,'web:closed/~1ada','','e31b3fbc6a34af7e24f2101ea','{"text": "You are **Storyteller** here now. /recognition decline storyteller gives it back, whenever you like.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(76,81,'web:closed/~1ada','','970c7ab7512265051715e9416','{"text": "After the review you get a badge for it, privately, which others can verify. It holds neither your name nor your words.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(77,82,'web:closed/~1ada','','2e9158e2042fd7c9f005f7959','{"text": "There are no thanks 1 of yours or for you. /thanks shows what there is.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(78,84,'web:closed/~1ada','','8ce743788da8ab1f6c743b0a0','{"text": "It may appear in the recap, under your name.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(79,85,'web:closed/~1ada','','fa1d8bc2179b4115a63173793','{"text": "It may be in the short film, too. /film and its number and no takes it out again.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(80,86,'web:closed/~0hedi','','79fad52fa35f5c23e33c7e0a5','{"text": "There is nobody called Bo as Storyteller here.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(81,87,'web:closed/~0hedi','','eb4c7f65712381dab4cf8d7db','{"text": "It stands at the head of the recap. /review thread 1 and other words change it; /review thread 1 no takes it away.", "kind": "note", "buttons": []}','','',0,0,1.79193070122914099688e+09);
INSERT INTO "web_message" VALUES(82,88,'web:closed','','850d81207527e413779aa3044','{"text": "**The recap of Old circle is ready.** It holds the words that people allowed.", "kind": "recap", "buttons": [["Read the recap", "recap a5ba56e8c23b"]]}','','',0,0,1.7920243012291409969e+09);
INSERT INTO "web_message" VALUES(83,89,'web:closed/~1ada','','39615757c9bf16a7b40c24941','{"text": "Your badge is here, and only you have this address: https://garden.example/badge/YmFkZ2U6NDdmM2U3MDQ5ZTZkMWVmY2U0MTMyMWRlMmMxMWVjNjE.FObWk6YHnBBXGEVgWDJxJQ\n\nShow it to whom you like; its page has the files, and a button that checks it.", "kind": "badge", "buttons": []}','','',0,0,1.7920243012291409969e+09);
INSERT INTO "web_message" VALUES(84,90,'web:closed/~1ada','','2907f0e378672f66285ef74e8','{"text": "Nothing was chosen yet. When a vote is over, its first choices can be taken on.", "kind": "note", "buttons": []}','','',0,0,1.79211430122914099688e+09);
INSERT INTO "web_message" VALUES(85,91,'web:closed/~1ada','','ed771220291cf108cfb90ec24','{"text": "Say what: name (your badge holds it), story (its words), link (where it can be read), bare (neither), publish, hide, or remove; and which, if you have several: storyteller.", "kind": "note", "buttons": []}','','',0,0,1.79211430122914099688e+09);
INSERT INTO "web_message" VALUES(86,92,'web:closed/~1ada','','0e521901fa9e7e7203c3f4272','{"text": "Say what: name (your badge holds it), story (its words), link (where it can be read), bare (neither), publish, hide, or remove; and which, if you have several: storyteller.", "kind": "note", "buttons": []}','','',0,0,1.79211430122914099688e+09);
INSERT INTO "web_message" VALUES(87,93,'web:closed/~1ada','','fe9f15f69014e64059e4d9a02','{"text": "**Old circle: What became of it**\n\nAnd now?\n\nIn private, with the form or /answer. Open until the recap; /pass lets it go by.\n\nYou said that I may ask you this. /follow no, and I will not ask again.", "kind": "prompt", "buttons": []}','','',0,0,1.7932339012291409969e+09);
INSERT INTO "web_message" VALUES(88,94,'web:closed/~1ada','','c0eadfe728921eae1d95784a6','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79341030122914099698e+09);
INSERT INTO "web_message" VALUES(89,107,'web:review','','40b44b1651ad96269b593569e','{"text": "**Old circle**, about 40 minutes. It is meant for adults. Before we begin:\n- Who reads: everybody in this room, also on a screen (the board). Some questions are written in private and shown together; a host looks first, without names. Stories and reflections: nobody, unless you allow it. Pairs: only those in them.\n- What is kept: your answers, to change or take back. Whoever runs this bot could read its database. A ✓ on your message says that it counts. What you do not share is erased 90 days after the end.\n- Where it goes: a recap that counts everybody and quotes nobody without their yes. Silence means that you are only counted.\n- Pass on anything, read along, or leave, at any time. Help: /helpme reaches Cora, or ⁨Bo⁩.", "kind": "notice", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(90,96,'web:review/hosts','','67e34418440d0eea52a79d1f9','{"text": "The lobby is open. /workshop begin asks the first question.", "kind": "note", "buttons": [["Begin", "workshop begin"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(91,97,'web:review','','8db7d3a5f9a84cd55de53ec04','{"text": "Every way to answer, once.", "kind": "note", "buttons": [["Join", "join"], ["Just read", "read"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(92,98,'web:review/~1ada','','32faf6c80ae81a153db240088','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(93,99,'web:review/~2bo','','a0aa511ca30e91f459c62c898','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(94,100,'web:review/~3chi','','7a900bf80f0f29874fa52cbac','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(95,101,'web:review/~4dan','','d9de351ffa8521ffe2a4f120f','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(96,102,'web:review/~5eve','','b5ac752a93e5ffc5ab507b843','{"text": "Welcome. You are reading along: nobody waits for you. /join whenever you like.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(97,103,'web:review/~4dan','','9b15f0d599beda056fa7aac0b','{"text": "You are the host''s companion now: you see the panel and can hold, remove, lock and rescue. If the host is away, you take over with one tap, or /workshop takeover.", "kind": "note", "buttons": [["Take over", "workshop takeover"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(98,104,'web:review/hosts','','3f5f56aa99ca946572e2e436a','{"text": "You have a companion now. They see this panel.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(99,105,'web:review/~2bo','','7ae2f2eedd3d4e5d7a5533b4f','{"text": "You are the second contact of this session: when somebody asks for help or reports a card, you hear of it.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(100,106,'web:review/hosts','','045766b7b5e29b552f94a6e55','{"text": "The second contact is named; the notice says so.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(101,108,'web:review/hosts','','6ac1c7591aba8ad23f40a74db','{"text": "Noted. These two will not be paired.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(102,109,'web:review/~2bo','','eb8393301d067c770b5e0c651','{"text": "Ab hier liest du in dieser Sprache, was nur du siehst, so weit es übersetzt ist.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(103,110,'web:review/~1ada','','20f21cc455433afbfd9006583','{"text": "Thank you. I will write to you privately, this many days after the recap: 14. Nothing else, and /follow no ends it.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(104,111,'web:review','','0f075ef4b6b03bc510ad3966d','{"text": "**1 of 9: Hello**\n\nOne line, please?\n\nJust write it here, or /answer. 3 min; /pass lets it go by.", "kind": "prompt", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(105,112,'web:review/~2bo','','5a94b5b9cb80774eac8cea0f9','{"text": "Aufgehoben. Es steht unter /my und kommt in den Rückblick, wenn du es erlaubst.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(106,113,'web:review','','44645cf30312c57e52d6ae745','{"text": "I go first.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(107,114,'web:review','','7027f8464904ff6a669b6507a','{"text": "**2 of 9: Quietly**\n\nWhat else?\n\nIn private, with the form or /answer. Shown together in 3 min; /pass lets it go by.", "kind": "prompt", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(108,115,'web:review/~1ada','','829a61242e2688357fcd0a3fb','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(109,116,'web:review/~2bo','','956c183333e04f6e2e623c480','{"text": "Angenommen. Du kannst es unter /my ändern oder zurücknehmen.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(110,117,'web:review/~3chi','','9a137840bb201471faae2605c','{"text": "That is fine. You can still answer later.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(111,118,'web:review/~4dan','','35301d91beb07fad7e8291fb3','{"text": "You have two more minutes from now, at least.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(112,119,'web:review','','32ae51747c49024c721ac9157','{"text": "We pause here. Take your time; nothing runs out.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(113,120,'web:review','','5edb36d4d0b6e504abef3d0df','{"text": "We go on.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(114,121,'web:review/hosts','','03584165c44075989d3d95a1a','{"text": "This is about to be shown to everybody. You have a minute; /workshop hold and a number holds a card back.", "kind": "note", "buttons": [["Show it now", "workshop next 7"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(115,129,'web:review/hosts','','a2b8bdd412593645367623947','','','',0,1,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(116,123,'web:review/hosts','','41e510dee47df133041d3d887','{"text": "Held back. Its author was told, and nobody else.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(117,124,'web:review/~2bo','','f19e4f5bd01609bc185fd6093','{"text": "Die Leitung hält zurück, was du geschrieben hast: es wird anderen nicht gezeigt. Du kannst es unter /my ändern oder mit /helpme fragen, warum.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(118,126,'web:review/hosts','','3bfc5f3b7fe13de5b43f2fca3','{"text": "Let go. Its author was told.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(119,127,'web:review/~2bo','','24fe99b54cda5d29f43f4487e','{"text": "Die Leitung hat freigegeben, was zurückgehalten war: es kann wieder gezeigt werden.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(120,175,'web:review','','0d8036ce0390c3004db66be62','{"text": "**Quietly**\n\nCard 1, ⁨Bo⁩:\n> ⁨Another thought⁩", "kind": "answers", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(121,131,'web:review','','2515baf4443028736616946a2','{"text": "**3 of 9: Gut**\n\nWhich?\n\n1. ⁨Up⁩\n2. ⁨Down⁩\n\nOne, with the buttons or /pick and the number. Nobody sees whose.", "kind": "prompt", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(122,132,'web:review','','c4cb9c3b96f8c68f00e6aaec4','{"text": "**Gut**\n\nFewer than 4 people tapped, so the spread stays closed.", "kind": "spread", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(123,133,'web:review/~1ada','','f6848f8e006bc5ef7169e3dd4','{"text": "Next we talk in pairs. How would you like that? Nobody else sees what you choose. Typed: /pair someone, /pair three or /pair alone.", "kind": "note", "buttons": [["With someone", "pair someone"], ["In three", "pair three"], ["Alone with the bot", "pair alone"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(124,134,'web:review/~2bo','','14ecfd2ad954a4d8441a8a97b','{"text": "Als Nächstes sprechen wir zu zweit. Wie möchtest du das? Niemand sonst sieht deine Wahl. Getippt: /pair someone, /pair three oder /pair alone.", "kind": "note", "buttons": [["Mit jemandem", "pair someone"], ["Zu dritt", "pair three"], ["Allein mit dem Bot", "pair alone"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(125,135,'web:review/~3chi','','2b43816a92be6c5cfd5196d2c','{"text": "Next we talk in pairs. How would you like that? Nobody else sees what you choose. Typed: /pair someone, /pair three or /pair alone.", "kind": "note", "buttons": [["With someone", "pair someone"], ["In three", "pair three"], ["Alone with the bot", "pair alone"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(126,136,'web:review','','bdc4b390accc31f47b948f7e4','{"text": "**4 of 9: Taps**\n\nHow much?\n\n1. **Joy**\n2. **Use**\n\nA number from 1 to 5 for each, or ? if you can''t tell, with the buttons or /pick 3 4 ? 2. Nobody sees whose.", "kind": "prompt", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(127,137,'web:review/~1ada','','11f75f40a13467a1fafd9d1bb','{"text": "Nothing is waiting for an answer just now. /now shows where we are.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(128,138,'web:review/~3chi','','a3313b70e9eea5a91c1030a5b','{"text": "Nothing was typed for you that waits for your word.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(129,139,'web:review/~2bo','','4011f8a90d3d582699692cfab','{"text": "Gerade wartet nichts auf eine Antwort. /now zeigt, wo wir sind.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(130,140,'web:review/~4dan','','d62e445ee5aa0e416fd8d7718','{"text": "Nothing was typed for you that waits for your word.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(131,141,'web:review','','86e26bfcdd7de9ec4c3016914','{"text": "**Taps**\n\n- Fewer than 4 people tapped, so nothing is drawn", "kind": "spread", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(132,142,'web:review/~1ada','','59793c38144b8e133e7c8d18a','{"text": "You do this one by yourself: /answer and your line. /partner finds you company, if there is any.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(133,143,'web:review','','54a8567ec39c37ffd7a5c1f72','{"text": "**5 of 9: Talk**\n\nTalk, please.\n\nEach group talks in a thread of its own; only those in it, and whoever runs this bot, can read it. One of you brings a line back for all: the form, or /answer. 4 min; /partner changes your partner, silently.", "kind": "prompt", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(134,144,'web:review/t8d3ad3b174e7','','9217cd1fdedf4b5decdd5ad89','{"text": "**5 of 9: Talk**\n\nTalk, please.\n\nTalk here; only those in this thread, and whoever runs this bot, can read it. One of you brings a line back for all: the form, or /answer. 4 min.", "kind": "prompt", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(135,145,'web:review','','0196aeb85e36e78ffd335d524','{"text": "**6 of 9: A tale**\n\nTell one.\n\nIn private, with the form or /answer. Nobody reads this now, and nobody later unless you allow it. What you write under “An idea” is shown to all, without your name, as an idea to vote on. Hard to tell? /helpme reaches Cora, or ⁨Bo⁩. 5 min; /pass lets it go by.", "kind": "prompt", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(136,146,'web:review/~1ada','','42d6aa8b541cc710d0b5c3a94','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(137,147,'web:review/~1ada','','f2bc930df1a7ca513036a85f1','{"text": "If you name anybody in your story, make sure that they are fine with it; /change takes other words, such as “a colleague”.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(138,148,'web:review/~2bo','','f76a29a7e2b2459d18cbc970f','{"text": "Angenommen. Du kannst es unter /my ändern oder zurücknehmen.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(139,149,'web:review/~3chi','','d4157f1af092a25e91e6799cd','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(140,150,'web:review/~3chi','','e2c9a07a21f3031414dff2269','{"text": "Somebody of this circle is named in these words. Are they fine with it? If you are not sure, change them: /my shows their number, /change takes the new ones.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(141,151,'web:review','','9e0e92a490943c9a1e9a420c3','{"text": "**7 of 9: Wall**\n\nRead one.\n\n- same: Me too\n\nRead slowly. Answer a card with the buttons, or type its number and a sign: 3 same.", "kind": "prompt", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(142,180,'web:review','','9c491a3a0151f6304b7e1a07c','{"text": "**A tale**\n\nCard 1, ⁨Ada⁩:\n> What happened: ⁨The key was lost, and found.⁩\n> An idea: ⁨A second key⁩", "kind": "answers", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(143,153,'web:review/hosts','','1caeeecb1f17e6bfce481270d','{"text": "Somebody asks you to look at this.", "kind": "note", "buttons": [["Hold it back", "workshop hold a71"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(144,154,'web:review/~2bo','','9371ac5b79b3973af84c64d71','{"text": "Jemand bittet dich, das anzusehen; die Leitung wurde auch informiert. Du bist die zweite Ansprechperson.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(145,155,'web:review/~4dan','','7cef66630082f59f5e667217d','{"text": "Thank you. The host and the second contact, if there is one, look at it. Nobody is told that it was you.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(146,182,'web:review/hosts','','a75fdfb2fc8d52e7d566bb04b','','','',0,1,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(147,179,'web:review/~2bo','','5350610caca4295db379f0cf4','','','',0,1,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(148,158,'web:review/~2bo','','24e768b8ec13c222bdb1e18ec','{"text": "Nenne die Karte (ihre Nummer) oder wer erzählt hat, dann ein Doppelpunkt, dann einen Satz, etwa: /endorse 2: Ich habe das benutzt.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(149,159,'web:review','','299e2a700957d18bf49cd906c','{"text": "**8 of 9: Pick**\n\nTwo dots.\n\n1. ⁨Rest a while⁩\n2. ⁨A second key⁩\n3. ⁨A shorter hour⁩\n\nUp to 2, with the buttons or /pick and the number. Nobody sees whose.", "kind": "prompt", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(150,160,'web:review','','b932b9adff96f88b653deafa1','{"text": "**Pick**\n\nFewer than 4 people tapped, so the spread stays closed.", "kind": "spread", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(151,161,'web:review','','b567320aa6956cd26729265fa','{"text": "**9 of 9: One word**\n\nOne word.\n\nIn private, with the form or /answer. 2 min; /pass lets it go by.", "kind": "prompt", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(152,162,'web:review/~4dan','','e2baf75740337812dab24f6fa','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(153,181,'web:review/hosts','','fd7f6e60966150320140b4c8a','','','',0,1,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(154,164,'web:review/~3chi','','e1eadca4c15bc835b1c20aef7','{"text": "Thank you. When a host has glanced at it, it reaches them. In the recap it stands only if you say so: /thanked 1 name, anonymous or no. /thanked 1 back takes it back.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(155,165,'web:review','','c7dc777584db5c5586a4602af','{"text": "**Old circle: thank you.**\n4 took part, 1–3 read along; 17 answers.\nYou have 48 hours to look over your words (/my): what may go into the recap, under which name, or not at all. Silence means that you are only counted.", "kind": "closing", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(156,174,'web:review/~1ada','','4d7b8bf6e19814a1d3ca8fab8','{"text": "**My words**: only you see this.\n\n1. Hello (shown in the room; not in the recap)\n> ⁨Here with green tea⁩\n\n2. Gut (not shown to anybody; not in the recap)\n> ⁨Up⁩\n\n3. Taps (not shown to anybody; not in the recap)\n> you picked: ⁨Joy: 4⁩\n> you picked: ⁨Use: 2⁩\n\n4. A tale (shown in the room; in the recap, under your name)\n> What happened: ⁨The key was lost, and found.⁩\n> An idea: ⁨A second key⁩\nOthers answered: 1 × Me too\n\n5. Pick (not shown to anybody; not in the recap)\n> ⁨Rest a while⁩\n\n/share 1 name, anonymous or no · /change 1 and the new words · /withdraw 1 · /forget me\nA short film is made of the recap. It quotes only who says yes to that, too: /film 1 yes · /film 1 no\nMay I ask you once, privately, what became of it? It would be 14 days after the recap. So far you say yes. /follow yes · /follow no\nIf you like, you are **Storyteller** here: /recognition take storyteller", "kind": "mine", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(157,167,'web:review/~2bo','','a4d94309ec51339f6d3dccfcc','{"text": "**Meine Worte**: das siehst nur du.\n\n1. Hello (im Raum gezeigt; nicht im Rückblick)\n> ⁨On the train⁩\n\n2. Parked for later (niemandem gezeigt; nicht im Rückblick)\n> ⁨Budget, another time⁩\n\n3. Quietly (im Raum gezeigt; im Rückblick, mit deinem Namen)\n> ⁨Another thought⁩\n\n4. Gut (niemandem gezeigt; nicht im Rückblick)\n> ⁨Down⁩\n\n5. Taps (niemandem gezeigt; nicht im Rückblick)\n> deine Wahl: ⁨Joy: 3⁩\n> deine Wahl: ⁨Use: kann ich nicht sagen⁩\n\n6. A tale (niemandem gezeigt; nicht im Rückblick)\n> What happened: ⁨Nobody came, and it was fine.⁩\n> An idea: ⁨A shorter hour⁩\n\n/share 1 name, anonymous oder no · /change 1 und die neuen Worte · /withdraw 1 · /forget me\nAus dem Rückblick wird ein kurzer Film gemacht. Er zitiert nur, wer auch dazu ja sagt: /film 1 yes · /film 1 no\nDarf ich dich einmal vertraulich fragen, was daraus wurde? Das wäre 14 Tage nach dem Rückblick. Bisher sagst du nein. /follow yes · /follow no", "kind": "mine", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(158,168,'web:review/~3chi','','4e3c98c2ab8b68e2891be158a','{"text": "**My words**: only you see this.\n\n1. Gut (not shown to anybody; not in the recap)\n> ⁨Up⁩\n\n2. A tale (shown in the room; in the recap, without your name)\n> ⁨Ada helped me with the form.⁩\n\n3. Pick (not shown to anybody; not in the recap)\n> ⁨Rest a while⁩\n\n/share 1 name, anonymous or no · /change 1 and the new words · /withdraw 1 · /forget me\nA short film is made of the recap. It quotes only who says yes to that, too: /film 1 yes · /film 1 no\nMay I ask you once, privately, what became of it? It would be 14 days after the recap. So far you say no. /follow yes · /follow no\nIf you like, you are **Storyteller** here: /recognition take storyteller", "kind": "mine", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(159,169,'web:review/~4dan','','267068f6c9b53c6c0dcc0f960','{"text": "**My words**: only you see this.\n\n1. Hello (shown in the room; not in the recap)\n> ⁨Sorry, what?⁩\n\n2. One word (not shown to anybody; not in the recap)\n> ⁨lighter⁩\n\n/share 1 name, anonymous or no · /change 1 and the new words · /withdraw 1 · /forget me\nMay I ask you once, privately, what became of it? It would be 14 days after the recap. So far you say no. /follow yes · /follow no", "kind": "mine", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(160,170,'web:review/~0hedi','','c98574ca5c51817203a7957e3','{"text": "You held this session. If you like, you are **Host** here. Only if you take it.", "kind": "note", "buttons": [["Take it", "recognition take host"], ["No, thank you", "recognition decline host"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(161,171,'web:review/~1ada','','07af54371bd55f5fb108781a0','{"text": "You told a story and let others read it. If you like, you are **Storyteller** here. Only if you take it.", "kind": "note", "buttons": [["Take it", "recognition take storyteller"], ["No, thank you", "recognition decline storyteller"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(162,172,'web:review/~3chi','','5ad05f5c5b74809befd409d28','{"text": "You told a story and let others read it. If you like, you are **Storyteller** here. Only if you take it.", "kind": "note", "buttons": [["Take it", "recognition take storyteller"], ["No, thank you", "recognition decline storyteller"]]}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(163,173,'web:review/~2bo','','e36bad58abaab9740526d22f8','{"text": "Das gehört dir noch nicht. /recognition explain sagt, wofür es ist.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(164,176,'web:review/~1ada','','9e67fed845dc1affae33cb0e9','{"text": "Taken back. It is erased, and gone from what was shown.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(165,177,'web:review/~3chi','','5452c4e03c2ef771d1e806f58','{"text": "Done. What you wrote here is erased, and so is your name. Copies that others made are out of reach.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(166,178,'web:review/hosts','','d8034b351cba7639a91bc4bfa','{"text": "Somebody asked to be forgotten: their words and their name are erased, and the counts stay.", "kind": "note", "buttons": []}','','',0,0,1.79572150122914099695e+09);
INSERT INTO "web_message" VALUES(167,183,'web:days','','34c2432f263c0323611dc7ce0','{"text": "**Old circle**, over 3 days, at most 15 minutes a day, whenever it suits you. It is meant for adults. Before we begin:\n- Who reads: everybody in this room, also on a screen (the board). Some questions are written in private and shown together; a host looks first, without names. Stories and reflections: nobody, unless you allow it.\n- What is kept: your answers, to change or take back. Whoever runs this bot could read its database. A ✓ on your message says that it counts. What you do not share is erased 90 days after the end.\n- Where it goes: a recap that counts everybody and quotes nobody without their yes. Silence means that you are only counted.\n- Pass on anything, read along, or leave, at any time. Help: /helpme reaches Cora.", "kind": "notice", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(168,184,'web:days/hosts','','fda57a55e23d1b958216d2306','{"text": "The lobby is open. /workshop begin asks the first question.", "kind": "note", "buttons": [["Begin", "workshop begin"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(169,185,'web:days','','86100fef212b3c2fed04a53d3','{"text": "Every way to answer, once.", "kind": "note", "buttons": [["Join", "join"], ["Just read", "read"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(170,186,'web:days/~1ada','','695dabdce50f28baacd6a9d83','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(171,187,'web:days/~2bo','','c11c8207121f4525797ac0f37','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(172,188,'web:days/~3chi','','39023464dfa8dcba296ff5b8b','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(173,189,'web:days','','90754476e966242febd1e01fd','{"text": "We begin, and take 3 days. The first questions come Sat 28 Nov, 09:00 UTC; the last ones stay open until Tue 01 Dec, 09:00 UTC. Everything stays open until then: answer when it suits you. /catchup shows what waits for you, /remind yes reminds you once, privately.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(174,190,'web:days/~1ada','','f2eaf336633751d822e7f5c79','{"text": "I will remind you once, privately, of what you have not answered. /remind no stops it.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(175,191,'web:days/~1ada','','48b28b55aee6c97cf420a52cf','{"text": "Nothing is waiting for an answer just now. /now shows where we are.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(176,204,'web:running','','88356124aeba97339f59002d5','{"text": "**Old circle**, about 40 minutes. It is meant for adults. Before we begin:\n- Who reads: everybody in this room, also on a screen (the board). Some questions are written in private and shown together; a host looks first, without names. Stories and reflections: nobody, unless you allow it. Pairs: only those in them.\n- What is kept: your answers, to change or take back. Whoever runs this bot could read its database. A ✓ on your message says that it counts. What you do not share is erased 90 days after the end.\n- Where it goes: a recap that counts everybody and quotes nobody without their yes. Silence means that you are only counted.\n- Pass on anything, read along, or leave, at any time. Help: /helpme reaches Cora, or ⁨Bo⁩.", "kind": "notice", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(177,193,'web:running/hosts','','daa24a84ffc29a3eca52e9e98','{"text": "The lobby is open. /workshop begin asks the first question.", "kind": "note", "buttons": [["Begin", "workshop begin"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(178,194,'web:running','','697ae10fea5ca7f52997dcff0','{"text": "Every way to answer, once.", "kind": "note", "buttons": [["Join", "join"], ["Just read", "read"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(179,195,'web:running/~1ada','','81bfd613a811ac3cf402d6b72','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(180,196,'web:running/~2bo','','4e6d9c729d160c579588ff891','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(181,197,'web:running/~3chi','','12e25ede9ed3eb2bc1d4f764b','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(182,198,'web:running/~4dan','','e84b0fcbd983dbb96f0b981be','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(183,199,'web:running/~5eve','','e04f8065261fed670eba34db5','{"text": "Welcome. You are reading along: nobody waits for you. /join whenever you like.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(184,200,'web:running/~4dan','','3aff78bec197faa1d07f85162','{"text": "You are the host''s companion now: you see the panel and can hold, remove, lock and rescue. If the host is away, you take over with one tap, or /workshop takeover.", "kind": "note", "buttons": [["Take over", "workshop takeover"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(185,201,'web:running/hosts','','ad18062431cfdc4f5c009104d','{"text": "You have a companion now. They see this panel.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(186,202,'web:running/~2bo','','eae878c3963db214a087a3f61','{"text": "You are the second contact of this session: when somebody asks for help or reports a card, you hear of it.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(187,203,'web:running/hosts','','60a053ddcd454fa9b8eab0331','{"text": "The second contact is named; the notice says so.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(188,205,'web:running/hosts','','1f3fd31804cba814c51717d62','{"text": "Noted. These two will not be paired.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(189,206,'web:running/~2bo','','92126dc92800681d7d1e286e0','{"text": "Ab hier liest du in dieser Sprache, was nur du siehst, so weit es übersetzt ist.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(190,207,'web:running/~1ada','','625809b5c66a7d4a41dc464e0','{"text": "Thank you. I will write to you privately, this many days after the recap: 14. Nothing else, and /follow no ends it.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(191,208,'web:running','','834975759c1cff5983599d688','{"text": "**1 of 9: Hello**\n\nOne line, please?\n\nJust write it here, or /answer. 3 min; /pass lets it go by.", "kind": "prompt", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(192,209,'web:running/~2bo','','f724f4cf244237e476d95de86','{"text": "Aufgehoben. Es steht unter /my und kommt in den Rückblick, wenn du es erlaubst.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(193,210,'web:running','','abe0139e93f3b773aac67bf0b','{"text": "I go first.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(194,211,'web:running','','dc36c47ec0f0a686c6f71fcfc','{"text": "**2 of 9: Quietly**\n\nWhat else?\n\nIn private, with the form or /answer. Shown together in 3 min; /pass lets it go by.", "kind": "prompt", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(195,212,'web:running/~1ada','','2d328c9660d311f5d3bf790b5','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(196,213,'web:running/~2bo','','a8efa8d96f67e899b48d5f7a7','{"text": "Angenommen. Du kannst es unter /my ändern oder zurücknehmen.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(197,214,'web:running/~3chi','','bec03e3810e25da33adfded44','{"text": "That is fine. You can still answer later.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(198,215,'web:running/~4dan','','d828cdadaabedf496217c5147','{"text": "You have two more minutes from now, at least.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(199,216,'web:running','','203be8c2d76380dda3447e085','{"text": "We pause here. Take your time; nothing runs out.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(200,217,'web:running','','11824f189f6443c9062bd10d5','{"text": "We go on.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(201,218,'web:running/hosts','','f4d01c3a55ce379663792ecd1','{"text": "This is about to be shown to everybody. You have a minute; /workshop hold and a number holds a card back.", "kind": "note", "buttons": [["Show it now", "workshop next 7"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(202,226,'web:running/hosts','','3ca09fe8a45b1f75414a66201','','','',0,1,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(203,220,'web:running/hosts','','006a71877dd33c5d9fe60bcf9','{"text": "Held back. Its author was told, and nobody else.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(204,221,'web:running/~1ada','','d14e9db8809ea74d9c99acafb','{"text": "A host holds back what you wrote: it is not shown to others. You can change it under /my, or ask why with /helpme.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(205,223,'web:running/hosts','','50cd95809243707886e995031','{"text": "Let go. Its author was told.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(206,224,'web:running/~1ada','','767aa2bbab0f55fcc27ccf4c5','{"text": "A host let go what was held back: it can be shown again.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(207,227,'web:running','','7900a17a674392de4838792f6','{"text": "**Quietly**\n\nCard 1, ⁨somebody⁩:\n> ⁨Quiet thought⁩\n\nCard 2, ⁨Bo⁩:\n> ⁨Another thought⁩", "kind": "answers", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(208,228,'web:running','','1f4b19e9eabd4aa1569826da3','{"text": "**3 of 9: Gut**\n\nWhich?\n\n1. ⁨Up⁩\n2. ⁨Down⁩\n\nOne, with the buttons or /pick and the number. Nobody sees whose.", "kind": "prompt", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(209,229,'web:running','','f5714b02df00212aa46f14f56','{"text": "**Gut**\n\nFewer than 4 people tapped, so the spread stays closed.", "kind": "spread", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(210,230,'web:running/~1ada','','03df4e12e4360903be252be5b','{"text": "Next we talk in pairs. How would you like that? Nobody else sees what you choose. Typed: /pair someone, /pair three or /pair alone.", "kind": "note", "buttons": [["With someone", "pair someone"], ["In three", "pair three"], ["Alone with the bot", "pair alone"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(211,231,'web:running/~2bo','','e63e9a9670eb43eb0cb8d18f8','{"text": "Als Nächstes sprechen wir zu zweit. Wie möchtest du das? Niemand sonst sieht deine Wahl. Getippt: /pair someone, /pair three oder /pair alone.", "kind": "note", "buttons": [["Mit jemandem", "pair someone"], ["Zu dritt", "pair three"], ["Allein mit dem Bot", "pair alone"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(212,232,'web:running/~3chi','','fdfdba55494324c3704bd2fdc','{"text": "Next we talk in pairs. How would you like that? Nobody else sees what you choose. Typed: /pair someone, /pair three or /pair alone.", "kind": "note", "buttons": [["With someone", "pair someone"], ["In three", "pair three"], ["Alone with the bot", "pair alone"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(213,233,'web:running','','c338f9904f5f032659ea8b650','{"text": "**4 of 9: Taps**\n\nHow much?\n\n1. **Joy**\n2. **Use**\n\nA number from 1 to 5 for each, or ? if you can''t tell, with the buttons or /pick 3 4 ? 2. Nobody sees whose.", "kind": "prompt", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(214,234,'web:running/~1ada','','b230db8b7d2aba916ce632273','{"text": "Nothing is waiting for an answer just now. /now shows where we are.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(215,235,'web:running/~3chi','','493b4db905400d74f9a58d0aa','{"text": "Nothing was typed for you that waits for your word.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(216,236,'web:running/~2bo','','2c8a79290211a9d5a813f8d0a','{"text": "Gerade wartet nichts auf eine Antwort. /now zeigt, wo wir sind.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(217,237,'web:running/~4dan','','95038e0c66229dc97705d1c52','{"text": "Nothing was typed for you that waits for your word.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(218,238,'web:running','','3c0b119fbc4622a08e608524f','{"text": "**Taps**\n\n- Fewer than 4 people tapped, so nothing is drawn", "kind": "spread", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(219,239,'web:running/~1ada','','a43753d35c152a0dfa5069a60','{"text": "You do this one by yourself: /answer and your line. /partner finds you company, if there is any.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(220,240,'web:running','','968f897f7a73a148f6ed02234','{"text": "**5 of 9: Talk**\n\nTalk, please.\n\nEach group talks in a thread of its own; only those in it, and whoever runs this bot, can read it. One of you brings a line back for all: the form, or /answer. 4 min; /partner changes your partner, silently.", "kind": "prompt", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(221,241,'web:running/t9242e7075d5b','','bf5a443fb9df9179b75a1fb97','{"text": "**5 of 9: Talk**\n\nTalk, please.\n\nTalk here; only those in this thread, and whoever runs this bot, can read it. One of you brings a line back for all: the form, or /answer. 4 min.", "kind": "prompt", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(222,242,'web:running/~1ada','','ff420c5a60037af49edaa360b','{"text": "Taken. You can change it or take it back under /my.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(223,243,'web:running/hosts','','2cce0add4ec17df5462d9655f','{"text": "The door is locked: nobody new comes in.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(224,244,'web:lobby','','f659dfce35740e0e62b7b5063','{"text": "**Old circle**, about 40 minutes. It is meant for adults. Before we begin:\n- Who reads: everybody in this room, also on a screen (the board). Some questions are written in private and shown together; a host looks first, without names. Stories and reflections: nobody, unless you allow it. Pairs: only those in them.\n- What is kept: your answers, to change or take back. Whoever runs this bot could read its database. A ✓ on your message says that it counts. What you do not share is erased 90 days after the end.\n- Where it goes: a recap that counts everybody and quotes nobody without their yes. Silence means that you are only counted.\n- Pass on anything, read along, or leave, at any time. Help: /helpme reaches Cora.", "kind": "notice", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(225,245,'web:lobby/hosts','','3984af654ad7cdd08a1c463b6','{"text": "The lobby is open. /workshop begin asks the first question.", "kind": "note", "buttons": [["Begin", "workshop begin"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(226,246,'web:lobby','','5eaba693e29f331ddca4353bb','{"text": "Every way to answer, once.", "kind": "note", "buttons": [["Join", "join"], ["Just read", "read"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(227,247,'web:lobby/~1ada','','79afb083792429d748b7b87af','{"text": "Welcome. /now shows what is open, /my your words, /helpme reaches the host.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(228,248,'web:lobby/~1ada','','8e1465b1d4b83b07107ae5cd0','{"text": "Noted: in a group of three, if there are enough.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(229,249,'web:plan/~0hedi','','819b6e750da63b700fd454c85','{"text": "**Old circle** (40 min), × ∞. I understood: Tue 01 Dec, 19:00 UTC, then Tue 08 Dec, 19:00 UTC, then Tue 15 Dec, 19:00 UTC. On the clocks of Europe/Lisbon the first one is 2026-12-01 19:00, and 2026-12-01 19:00 UTC. Shall I plan it?", "kind": "note", "buttons": [["Yes, plan it", "schedule confirm uyjdwyt"], ["No", "schedule drop uyjdwyt"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(230,250,'web:plan/~0hedi','','252517a170e77fe288173b4bf','{"text": "Planned, under the name uyjdwyt. People in the room can say now whether they come. The door opens ten minutes before. A day before I write to you what is good to have ready. /schedule move, skip, pause and cancel change it.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(231,255,'web:plan','','d3d1eeaa0d4a75067a0f6b53b','{"text": "**Old circle**, Tue 01 Dec, 19:00 Europe/Lisbon. Every way to answer, once.\n\nGoing: 1 of 10, and 0 on the waiting list. Maybe: 1. Reading along: 0. Will you come? Typed: /coming yes, maybe, reading or no.", "kind": "note", "buttons": [["Going", "coming yes uyjdwyt"], ["Maybe", "coming maybe uyjdwyt"], ["Reading along", "coming reading uyjdwyt"], ["Can''t", "coming no uyjdwyt"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(232,253,'web:plan/~1ada','','88dc7714d307a543fcc7fb179','{"text": "You are down for **Old circle**, Tue 01 Dec, 19:00 UTC. /needs tells the hosts what helps you to take part.", "kind": "note", "buttons": [["Remind me", "coming remind uyjdwyt"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(233,254,'web:plan/~1ada','','5307802cbe218e2ab5aa46cdc','{"text": "Hosts see your name and what you say here; everybody else sees only how many come. What you will write in the workshop is yours: its own notice comes before the first question.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(234,256,'web:plan/~2bo','','5c750de5456bf3abe7f271c99','{"text": "You may come to **Old circle**, Tue 01 Dec, 19:00 UTC. That is enough for now.", "kind": "note", "buttons": [["Remind me", "coming remind uyjdwyt"]]}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(235,257,'web:plan/~2bo','','fc0f3c55686ed23d98d434c2b','{"text": "Hosts see your name and what you say here; everybody else sees only how many come. What you will write in the workshop is yours: its own notice comes before the first question.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(236,258,'web:plan/~3chi','','d5eef07d4fdcb772de8836b85','{"text": "You will not come to **Old circle**, Tue 01 Dec, 19:00 UTC. Thank you for saying so.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(237,259,'web:plan/~1ada','','d67df93cb383bd7764037f181','{"text": "Told to the hosts of **Old circle**, and to nobody else. It is deleted when the session is over.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(238,260,'web:plan/~0hedi','','44fd9556f345a6cb1b6af99c8','{"text": "⁨Ada⁩ told you what helps them to take part in **Old circle**, Tue 01 Dec, 19:00 Europe/Lisbon: ⁨I read by screen reader⁩", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
INSERT INTO "web_message" VALUES(239,261,'web:plan/~2bo','','a5ef22655e90ee7b4cab142a1','{"text": "Times are told to you in the time of America/New_York from now on.", "kind": "note", "buttons": []}','','',0,0,1.79581870122914099693e+09);
CREATE TABLE web_thread (
	channel TEXT NOT NULL, 
	parent TEXT NOT NULL, 
	title TEXT NOT NULL, 
	people TEXT NOT NULL, 
	PRIMARY KEY (channel)
)
 WITHOUT ROWID

;
INSERT INTO "web_thread" VALUES('web:closed/t48c8cf1503d2','web:closed','Talk','["1ada", "2bo"]');
INSERT INTO "web_thread" VALUES('web:review/t8d3ad3b174e7','web:review','Talk','["3chi", "2bo"]');
INSERT INTO "web_thread" VALUES('web:running/t9242e7075d5b','web:running','Talk','["3chi", "2bo"]');
CREATE INDEX outbox_due ON outbox (kind, due);
CREATE INDEX outbox_session ON outbox (session);
CREATE UNIQUE INDEX place_held ON place (channel) WHERE holds = 1;
CREATE INDEX place_session ON place (session);
CREATE INDEX receipt_message ON receipt (message);
CREATE UNIQUE INDEX web_member_name ON web_member (room, plain_name);
CREATE INDEX web_message_rev ON web_message (channel, rev);
CREATE INDEX matrix_room_id ON matrix_room (room);
CREATE INDEX plan_next ON "plan" (next_at);
CREATE INDEX plan_community ON "plan" (community, state, at);
CREATE INDEX coming_person ON coming (person);
CREATE INDEX badge_person ON badge (person);
COMMIT;
