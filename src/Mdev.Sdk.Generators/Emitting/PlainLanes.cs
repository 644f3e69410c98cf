namespace Mdev.Sdk.Generators.Emitting;

/// <summary>
/// In a block of many registers that only take what is written, what they have in common is computed once before the switch: each case
/// is then one short statement, which the compiler is done with sooner, and dispatch is none the slower for it.
/// </summary>
internal static class PlainLanes
{
    // Below that, a reader is better served by each lane saying all that it does.
    private const int Least = 64;

    /// <summary>Writes the common locals.</summary>
    /// <returns>The statement of a lane that is one such register, null for others; null if the block has too few.</returns>
    public static Func<Lane, string?>? Prepare(IndentedWriter writer, Reading.RegisterBlockModel block, IReadOnlyList<Lane> lanes)
    {
        if (block.Bus < 4 || block.Partial != 0 || lanes.Count(l => RegisterOf(l) is not null) < Least)
            return null;
        string working = Literal.WorkingType(block.Bus), cast = block.Bus == 8 ? "" : "(uint)";
        writer.Line($"{working} kept = ~{cast}enabled, taken = {cast}value & {cast}enabled;");
        return static lane => RegisterOf(lane) is { } storage ? $"{storage} = ({storage} & kept) | taken;" : null;
    }

    // The property of a register that is all of a lane and takes every bit, as it is.
    private static string? RegisterOf(Lane lane) =>
        lane.Registers is [{ FillsLane: true, IsSplit: false, Model: { Type.Converts: false } model }] && LaneEmitter.IsPoked(model) && SameAs.Write(model)
            ? model.Storage
            : null;
}
