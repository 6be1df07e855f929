package org.oncotwin.units;

/**
 * A unit in terms of base units.
 *
 * @param code UCUM code
 * @param scale how many base units it is; of no meaning if it is not proportional
 * @param dimension what it measures
 * @param proportional false if the scale is logarithmic or has a zero of its own
 */
record UnitDefinition(String code, Scale scale, Dimension dimension, boolean proportional) {

    UnitDefinition times(UnitDefinition other, String product) {
        return new UnitDefinition(
                product,
                scale.times(other.scale),
                dimension.times(other.dimension),
                proportional && other.proportional);
    }

    UnitDefinition power(int exponent) {
        return new UnitDefinition(code, scale.power(exponent), dimension.power(exponent), proportional);
    }
}
