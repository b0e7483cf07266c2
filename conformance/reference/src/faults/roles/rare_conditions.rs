//! Removals that fail for some users, roles and histories only.

use crate::faults::vocabulary::*;

const CLAUSE: &str = "roles.removes-exactly-one";

pub(crate) fn faults() -> Vec<Fault> {
    vec![
        Fault::new("owners-stay-owners", CLAUSE)
            .summary("GROUP_OWNER is never removed, though its removal is confirmed.")
            .effect(claim_only().when(role("GROUP_OWNER"))),
        Fault::new("search-index-editor-takes-another-along", CLAUSE)
            .summary("The removal of GROUP_SEARCH_INDEX_EDITOR removes the oldest role as well.")
            .effect(remove_oldest_too().when(role("GROUP_SEARCH_INDEX_EDITOR"))),
        Fault::new("backup-manager-stays-beside-search-index-editor", CLAUSE)
            .summary("GROUP_BACKUP_MANAGER stays beside GROUP_SEARCH_INDEX_EDITOR alone.")
            .effect(
                claim_only().when(role("GROUP_BACKUP_MANAGER")).when(holding(2)).only_if(|call| {
                    call.had().iter().any(|role| role == "GROUP_SEARCH_INDEX_EDITOR")
                }),
            ),
        Fault::new("nothing-removed-from-ids-with-first-digit-7", CLAUSE)
            .summary("Nothing is removed from users whose id begins with 7.")
            .effect(claim_only().only_if(|call| call.user().starts_with('7'))),
        Fault::new("two-removed-from-ids-with-last-digit-c", CLAUSE)
            .summary("Users whose id ends in c lose two roles at once.")
            .effect(remove_oldest_too().only_if(|call| call.user().ends_with('c'))),
        Fault::new("two-removed-from-usernames-with-7", CLAUSE)
            .summary("Users with a 7 in their username lose two roles at once.")
            .effect(remove_oldest_too().when(username_with("7"))),
        Fault::new("nothing-removed-from-every-third-username", CLAUSE)
            .summary("Nothing is removed from a third of all usernames.")
            .effect(claim_only().only_if(|call| {
                let sum: u32 = call.username().bytes().map(u32::from).sum();
                sum.is_multiple_of(3)
            })),
        Fault::new("two-removed-from-five", CLAUSE)
            .summary("Users with exactly five roles lose two at once.")
            .effect(remove_oldest_too().when(holding(5))),
        Fault::new("nothing-removed-from-eight-or-more", CLAUSE)
            .summary("Nothing is removed from users with eight or more roles.")
            .effect(claim_only().when(holding_at_least(8))),
        Fault::new("alphabetically-last-role-stays", CLAUSE)
            .summary("The role that comes last in the alphabet is never removed.")
            .effect(
                claim_only()
                    .only_if(|call| call.had().iter().max().map(String::as_str) == call.role()),
            ),
        Fault::new("oldest-role-takes-another-along", CLAUSE)
            .summary("The removal of the role that was given first removes another as well.")
            .effect(remove_oldest_too().when(oldest_role())),
        Fault::new("newest-role-stays", CLAUSE)
            .summary("The role that was given last stays if there are three or more.")
            .effect(claim_only().when(newest_role()).when(holding_at_least(3))),
        Fault::new("fourth-removal-not-done", CLAUSE)
            .summary("The fourth removal from the same user is confirmed and not done.")
            .effect(claim_only().only_if(|call| call.removed().len() == 3)),
        Fault::new("removal-in-descending-order-not-done", CLAUSE)
            .summary("A role that precedes the one removed before in the alphabet stays.")
            .effect(claim_only().only_if(|call| {
                let previous = call.removed().last().map(String::as_str);
                previous > Some(call.role().unwrap_or_default())
            })),
        Fault::new("role-given-again-stays", CLAUSE)
            .summary("A role that was removed once, and given again, is not removed again.")
            .effect(claim_only().when(role_given_again())),
        Fault::new("second-removal-on-a-connection-not-done", CLAUSE)
            .summary("Every second removal on a connection is confirmed and not done.")
            .effect(
                restore_roles()
                    .when(accepted())
                    .only_if(|call| {
                        let key = format!("removals on connection {}", call.request.connection);
                        call.memory.count(&key).is_multiple_of(2)
                    })
                    .and(claim_removal()),
            ),
        Fault::new("pretty-digest-removes-nothing-from-pending-users", CLAUSE)
            .summary("With Digest and pretty=true nothing is removed from pending users.")
            .effect(claim_only().when(by_any_digest()).when(pretty()).when(pending())),
        Fault::new("envelope-removes-nothing", CLAUSE)
            .summary("With envelope=true a removal is confirmed and not done.")
            .effect(claim_only().when(envelope())),
        Fault::new("digest-removes-two", CLAUSE)
            .summary("With Digest a removal removes another role as well.")
            .effect(remove_oldest_too().when(by_any_digest())),
    ]
}
