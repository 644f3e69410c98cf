using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>A register as part of a lane.</summary>
internal sealed class LaneRegister(RegisterModel model, uint lane, RegisterBlockModel block)
{
    public RegisterModel Model { get; } = model;

    /// <summary>Bits that it lies above the lane's lowest: in a big-endian lane the highest address has the lowest bits.</summary>
    /// <remarks>Negative for a part of a register that is wider than the bus: the lane's lowest bit lies so far above the register's.</remarks>
    public int Shift { get; private init; } = block.ByteOrder.EndsWith(".BigEndian", StringComparison.Ordinal)
        ? (int)(lane + (uint)block.Bus - model.End) * 8
        : (int)(model.Offset - lane) * 8;

    public bool FillsLane { get; } = model.Type.Bytes >= block.Bus;

    /// <summary>Whether this is one lane of several.</summary>
    public bool IsSplit { get; private init; } = model.Type.Bytes > block.Bus;

    /// <summary>Whether the register begins in this lane, by address.</summary>
    public bool IsFirst => lane <= Model.Offset;

    /// <summary>Whether the register ends in this lane, by address.</summary>
    public bool IsLast => lane + (uint)block.Bus >= Model.End;

    public int LaneBytes => block.Bus;

    /// <summary>How code names what is written.</summary>
    public string Value { get; private init; } = "value";

    /// <summary>How code names the bytes that the access enables; null for all of the register.</summary>
    public string? Enabled { get; private init; } = "enabled";

    /// <summary>Mask of its bytes in the lane.</summary>
    public ulong Bytes => IsSplit ? ulong.MaxValue >> (64 - (8 * block.Bus)) : Model.Type.Ones << Shift;

    /// <summary>Whether an access must touch all its bytes in the lane to meet it.</summary>
    public bool RejectsParts => block.Partial == RegisterBlockModel.RejectPartial && SeveralBytes;

    /// <summary>Whether a write must touch all its bytes in the lane to do anything.</summary>
    public bool IgnoresParts => block.Partial == RegisterBlockModel.IgnorePartial && SeveralBytes && Value == "value";

    /// <summary>Whether the access touches it, and enough of it; null where every access of the lane does.</summary>
    public string? Met => RejectsParts ? MetWhole : FillsLane ? null : $"(enabled & {Literal.Working(Bytes, block.Bus)}) != 0";

    /// <summary>Whether the access touches all its bytes in the lane.</summary>
    public string MetWhole => $"(enabled & {Literal.Working(Bytes, block.Bus)}) == {Literal.Working(Bytes, block.Bus)}";

    /// <summary>What a handler is told of the access.</summary>
    public string Access(bool peek)
    {
        string ones = Literal.Working(Model.Type.Ones, Model.Type.Bytes);
        string enabled = Enabled is null ? ones
            : Enabled != "enabled" || (Shift == 0 && FillsLane) ? Enabled
            : $"{(Shift == 0 ? Enabled : $"({Enabled} >> {Literal.Number(Shift)})")} & {ones}";
        return $"new global::Mdev.Sdk.Registers.GuestAccess({Model.Address ?? Literal.Offset(Model.Offset)}, {enabled}, {(peek ? "true" : "false")})";
    }

    /// <summary>The whole register, where a lane's access reaches all of it: what was collected is written, and all of it is read.</summary>
    public LaneRegister AsWhole(bool write) =>
        new(Model, lane, block) { Shift = 0, IsSplit = false, Value = "collected", Enabled = write ? "touched" : null };

    /// <summary>At the same place, another register.</summary>
    public LaneRegister With(RegisterModel other) => new(other, lane, block);

    /// <summary>
    /// The condition of its being there, each member asked by <paramref name="read"/>; null if it always is. Where declarations do not show that
    /// two exclude each other (MDEV202), the one declared first answers.
    /// </summary>
    public string? Guard(bool write, Func<Condition, string> read)
    {
        var parts = new List<string>(There(read));
        foreach (RegisterModel other in block.SharingBytesWith(Model))
        {
            if (other.Order >= Model.Order || !other.Answers(write) || other.ExcludedBy(Model))
                continue;
            string[] theirs = [.. other.Conditions.Select(c => c.Wanted ? read(c) : "!" + read(c))];
            parts.Add(theirs.Length == 1 ? Negated(theirs[0]) : $"!({string.Join(" && ", theirs)})");
        }

        return parts.Count == 0 ? null : string.Join(" && ", parts);
    }

    /// <summary>Its own part of that: conditions, and of a window that its index meets something.</summary>
    public IEnumerable<string> There(Func<Condition, string> read)
    {
        IEnumerable<string> conditions = Model.Conditions.Select(c => c.Wanted ? read(c) : "!" + read(c));
        return Model.Window is { } window ? conditions.Append(window.IsMet) : conditions;
    }

    /// <summary>Conditions that its guard asks.</summary>
    public IEnumerable<Condition> Asked(bool write) => Model.Conditions.Concat(
        block.SharingBytesWith(Model)
            .Where(r => r.Order < Model.Order && r.Answers(write) && !r.ExcludedBy(Model))
            .SelectMany(r => r.Conditions));

    // One byte is touched or is not.
    private bool SeveralBytes => Math.Min(Model.Type.Bytes, block.Bus) > 1;

    private static string Negated(string condition) => condition[0] == '!' ? condition.Substring(1) : "!" + condition;
}
