mod given;

use linli_domain::kernel::Moment;
use linli_seal::chance::Seeded;

use given::{plan, replica};

#[test]
fn a_founded_community_stands_after_a_restart() {
    let mut chance = Seeded::new(1);
    let mut fang = replica(&mut chance);
    let plan = plan(&fang, &mut chance);
    fang.found(&plan, Moment(1_000), &mut chance).unwrap();
    let standing = fang.standing().unwrap();
    assert_eq!(standing.name, "和园里");
    assert!(standing.trial);
    assert!(standing.unsent > 5);
}
