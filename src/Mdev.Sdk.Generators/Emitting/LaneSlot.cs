using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Registers that lie at one place of their lanes: a single one, or every so many of an array.</summary>
/// <param name="Register">The first of them.</param>
/// <param name="Lanes">Their lanes, in bytes; a lane's width from each <c>Stride</c>.</param>
/// <param name="Number">The index of the register in generated code; null for one of no array.</param>
internal sealed record LaneSlot(LaneRegister Register, Extent Lanes, string? Number)
{
    /// <summary>Asks whether an offset is one of these lanes.</summary>
    public string Test { get; } = TestOf(Lanes);

    public RegisterModel Model => Register.Model;

    /// <summary>The register's: more than one lane where it is wider than the bus.</summary>
    public static IEnumerable<LaneSlot> Of(RegisterModel register, RegisterBlockModel block)
    {
        uint bus = (uint)block.Bus;
        for (uint lane = register.Offset / bus * bus; lane < register.End; lane += bus)
            yield return new(new LaneRegister(register, lane, block), new Extent("", default, lane, bus, 1, bus), null);
    }

    /// <summary>
    /// The array's: as many as there are places in a lane that its registers have. Where the stride and the bus do not divide each
    /// other, these repeat after their least common multiple.
    /// </summary>
    public static IEnumerable<LaneSlot> Of(RegisterArrayModel array, RegisterBlockModel block)
    {
        long bus = block.Bus, period = array.Stride;
        while (period % bus != 0)
            period += array.Stride;
        long places = period / array.Stride;
        for (long first = 0; first < Math.Min(places, array.Count); first++)
        {
            uint offset = array.Offset + ((uint)first * array.Stride), lane = offset / (uint)bus * (uint)bus;
            long count = (array.Count - first + places - 1) / places;
            string number = count == 1 ? Literal.Number(first) : $"(int)((offset - {Literal.Offset(lane)}u) / {Literal.Offset((uint)period)}u{Scaled(places, first)})";
            yield return new(
                new LaneRegister(array.Element with { Offset = offset }, lane, block),
                new Extent("", default, lane, count == 1 ? (uint)bus : (uint)period, (uint)count, (uint)bus),
                number);
        }
    }

    public static string TestOf(Extent lanes)
    {
        string first = Literal.Offset(lanes.First);
        if (lanes.Count == 1)
            return lanes.First == 0 ? "offset == 0" : $"offset == {first}u";
        string inside = $"offset - {first}u < {Literal.Offset((uint)(lanes.End - lanes.First))}u";
        return lanes.Stride == lanes.Length ? inside : $"{inside} && (offset - {first}u) % {Literal.Offset(lanes.Stride)}u == 0";
    }

    private static string Scaled(long places, long first) =>
        (places == 1 ? "" : $" * {Literal.Number(places)}u") + (first == 0 ? "" : $" + {Literal.Number(first)}u");
}
