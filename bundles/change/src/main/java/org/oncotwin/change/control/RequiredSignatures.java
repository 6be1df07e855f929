package org.oncotwin.change.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Signature;
import org.oncotwin.change.plan.Plan.Protocol;
import org.oncotwin.change.plan.Plan.RequiredSignature;

/** Which signatures of a protocol are still missing. */
final class RequiredSignatures {

    private final List<RequiredSignature> required;
    private final boolean distinct;
    private final Map<String, Set<Role>> roles = new HashMap<>();

    /**
     * Those of a protocol.
     *
     * @param accounts the accounts, by whose present roles signers are judged; a closed account's signatures count as long as it has the role
     * @param proposer who proposed the change, and so cannot approve it where persons must be distinct
     */
    RequiredSignatures(Protocol protocol, List<Account> accounts, String proposer) {
        this.required = protocol.signatures();
        this.distinct = protocol.distinctPersons();
        accounts.stream()
                .filter(account -> !distinct || !account.name().equals(proposer))
                .forEach(account -> roles.put(account.name(), account.roles()));
    }

    /** Signatures that are missing, in words; each signature serves for one that is required. */
    List<String> missing(List<Signature> signatures) {
        List<RequiredSignature> open = new ArrayList<>();
        if (assign(0, signatures, new ArrayList<>(), open)) {
            return List.of();
        }
        return open.stream()
                .map(r -> r.meaning().words() + " by somebody with the role "
                        + r.role().name().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    /** Tries to find a signature for each that is required; leaves the best attempt's gaps. */
    private boolean assign(int index, List<Signature> signatures, List<Signature> taken, List<RequiredSignature> gaps) {
        if (index == required.size()) {
            return gaps.isEmpty();
        }
        RequiredSignature wanted = required.get(index);
        Optional<List<RequiredSignature>> best = Optional.empty();
        for (Signature signature : signatures) {
            if (serves(signature, wanted, taken)) {
                List<Signature> with = new ArrayList<>(taken);
                with.add(signature);
                List<RequiredSignature> left = new ArrayList<>();
                assign(index + 1, signatures, with, left);
                if (best.isEmpty() || left.size() < best.get().size()) {
                    best = Optional.of(left);
                }
            }
        }
        List<RequiredSignature> without = new ArrayList<>(List.of(wanted));
        assign(index + 1, signatures, taken, without);
        gaps.addAll(best.filter(left -> left.size() <= without.size()).orElse(without));
        return gaps.isEmpty();
    }

    private boolean serves(Signature signature, RequiredSignature wanted, List<Signature> taken) {
        return signature.meaning() == wanted.meaning()
                && roles.getOrDefault(signature.account(), Set.of()).contains(wanted.role())
                && !taken.contains(signature)
                && (!distinct || taken.stream().noneMatch(t -> t.account().equals(signature.account())));
    }
}
