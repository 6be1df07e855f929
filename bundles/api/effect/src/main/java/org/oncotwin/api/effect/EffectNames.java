package org.oncotwin.api.effect;

/** Names of the effect ports, for annotations. */
public final class EffectNames {

    /** {@link EffectPort#SURVIVING_FRACTION}. */
    public static final String SURVIVING_FRACTION = "surviving-fraction";

    /** {@link EffectPort#REMAINING_FRACTION}. */
    public static final String REMAINING_FRACTION = "remaining-fraction";

    /** {@link EffectPort#KILL_RATE}. */
    public static final String KILL_RATE = "kill-rate";

    /** {@link EffectPort#PROLIFERATION_FACTOR}. */
    public static final String PROLIFERATION_FACTOR = "proliferation-factor";

    /** {@link EffectPort#CARRYING_CAPACITY_FACTOR}. */
    public static final String CARRYING_CAPACITY_FACTOR = "carrying-capacity-factor";

    /** {@link EffectPort#PD1_BLOCKADE}. */
    public static final String PD1_BLOCKADE = "pd1-blockade";

    /** {@link EffectPort#PDL1_BLOCKADE}. */
    public static final String PDL1_BLOCKADE = "pdl1-blockade";

    /** {@link EffectPort#CTLA4_BLOCKADE}. */
    public static final String CTLA4_BLOCKADE = "ctla4-blockade";

    private EffectNames() {}
}
