//! The rule of the store.

use crate::{
    fixture::{Fixture, Random},
    refusal::Refusal,
    store::{Ids, Store, Target},
};

const OWNER: &str = "GROUP_OWNER";
const READER: &str = "GROUP_READ_ONLY";

fn given_user(roles: &[&str]) -> (Store, Target, Target) {
    let mut random = Random::new(Some(1));
    let fixture = Fixture::draw(&mut random);
    let mut store = Store::new(&fixture, random, Ids::default());
    let targets = [&fixture.group_id, &fixture.other_group_id].map(|group| {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        let member = store.add_user(group, "pending-1@example.com", roles).expect("a new user");
        Target { user: member.person.id.clone(), group: group.clone() }
    });
    let [here, there] = targets;
    (store, here, there)
}

fn roles(store: &Store, target: &Target) -> Vec<String> {
    store.member(target).expect("the user is there").roles.clone()
}

#[test]
fn exactly_the_named_role_goes() {
    let (mut store, here, there) = given_user(&[OWNER, READER]);
    assert_eq!(here.user, there.user);
    let removal = store.decide(&here, OWNER).expect("another role is left");
    store.remove(&removal);
    assert_eq!(roles(&store, &here), [READER]);
    assert_eq!(roles(&store, &there), [OWNER, READER]);
}

#[test]
fn what_is_refused_stays() {
    let (store, here, _) = given_user(&[OWNER]);
    assert_eq!(store.decide(&here, OWNER).err(), Some(Refusal::LastRole));
    assert_eq!(store.decide(&here, READER).err(), Some(Refusal::AbsentRole));
    let nobody = Target { user: "0".repeat(24), ..here };
    assert_eq!(store.decide(&nobody, OWNER).err(), Some(Refusal::UnknownUser));
}
