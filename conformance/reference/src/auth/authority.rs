//! Checking credentials.

use http::header::AUTHORIZATION;
use subtle::ConstantTimeEq;

use super::{
    Account, Answer, Caller, Challenge, Denial, Scheme, digest::REALM, nonces::Nonces,
    nonces::Worth, tokens::Tokens,
};
use crate::{
    fixture::{Fixture, Random},
    http::Request,
};

/// Checks credentials and issues tokens and nonces.
pub(crate) struct Authority {
    fixture: Fixture,
    challenge: Challenge,
    tokens: Tokens,
    nonces: Nonces,
}

impl Authority {
    pub(crate) fn new(fixture: Fixture, challenge: Challenge, mut random: Random) -> Self {
        let nonces = Nonces::new(Random::new(Some(random.number())));
        Self { fixture, challenge, tokens: Tokens::new(random), nonces }
    }

    /// Checks the credentials of a request.
    pub(crate) fn authenticate(&mut self, request: &Request) -> Result<Caller, Denial> {
        let mut fields = request.headers.get_all(AUTHORIZATION).iter();
        let field = fields.next().ok_or(Denial::Missing)?;
        if fields.next().is_some() {
            return Err(Denial::Unreadable);
        }
        let text = field.to_str().map_err(|_| Denial::Unreadable)?;
        let (scheme, credentials) = text.split_once(' ').unwrap_or((text, ""));
        match scheme.to_ascii_lowercase().as_str() {
            "bearer" => self.bearer(credentials.trim_start_matches(' ')),
            "digest" => self.digest(credentials, request),
            _ => Err(Denial::Scheme),
        }
    }

    /// The values of the WWW-Authenticate fields for one 401.
    pub(crate) fn challenges(&mut self, stale: bool) -> Vec<String> {
        let nonce = self.nonces.issue();
        self.challenge.fields(&nonce, stale)
    }

    /// Issues a token if the secret of the service account is right.
    pub(crate) fn issue_token(&mut self, client_id: &str, client_secret: &str) -> Option<String> {
        let account = self.service_account(client_id, client_secret)?;
        Some(self.tokens.issue(account))
    }

    /// Takes a token back if the secret of the service account is right.
    pub(crate) fn revoke_token(
        &mut self,
        client_id: &str,
        client_secret: &str,
        token: &str,
    ) -> Option<()> {
        self.service_account(client_id, client_secret)?;
        self.tokens.revoke(token);
        Some(())
    }

    fn service_account(&self, client_id: &str, client_secret: &str) -> Option<Account> {
        let accounts =
            [(&self.fixture.owner, Account::Owner), (&self.fixture.reader, Account::Reader)];
        let found = accounts.into_iter().find(|(service_account, _)| {
            let id = service_account.client_id.as_bytes().ct_eq(client_id.as_bytes());
            let secret = service_account.client_secret.as_bytes().ct_eq(client_secret.as_bytes());
            bool::from(id & secret)
        });
        found.map(|(_, account)| account)
    }

    /// The account and the private key of a public key.
    pub(crate) fn key(&self, public_key: &str) -> Option<(Account, &str)> {
        let keys = [
            (&self.fixture.owner_key, Account::Owner),
            (&self.fixture.reader_key, Account::Reader),
        ];
        keys.into_iter()
            .find(|(key, _)| key.public_key == public_key)
            .map(|(key, account)| (account, key.private_key.as_str()))
    }

    fn bearer(&self, token: &str) -> Result<Caller, Denial> {
        let account = self.tokens.account_of(token)?;
        Ok(Caller { account, scheme: Scheme::Bearer })
    }

    /// The nonce is spent last: `stale=true` promises that the rest was right.
    fn digest(&mut self, credentials: &str, request: &Request) -> Result<Caller, Denial> {
        let answer = Answer::read(credentials)?;
        let count = answer.count().ok_or(Denial::DigestSyntax)?;
        if !self.challenge.algorithms.contains(&answer.algorithm) {
            return Err(Denial::DigestAlgorithm);
        }
        if answer.realm != REALM {
            return Err(Denial::DigestRealm);
        }
        let (account, private_key) = self.key(&answer.username).ok_or(Denial::DigestUsername)?;
        if !self.nonces.is_ours(&answer.nonce) {
            return Err(Denial::DigestNonce);
        }
        if !answer.proves(private_key, request.method.as_str()) {
            return Err(Denial::DigestResponse);
        }
        if answer.uri != request.target {
            return Err(Denial::DigestUri);
        }
        match self.nonces.spend(&answer.nonce, count, self.challenge.nonce_uses) {
            Worth::Fresh => Ok(Caller { account, scheme: Scheme::Digest(answer.algorithm) }),
            Worth::Stale => Err(Denial::StaleNonce),
            Worth::Replayed => Err(Denial::Replay),
        }
    }
}
