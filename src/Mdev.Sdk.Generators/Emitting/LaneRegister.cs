using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>A register as part of a lane.</summary>
internal sealed class LaneRegister(RegisterModel model, uint lane, RegisterBlockModel block)
{
    public RegisterModel Model { get; } = model;

    /// <summary>Bits that it lies above the lane's lowest: in a big-endian lane the highest address has the lowest bits.</summary>
    public int Shift { get; } = block.ByteOrder.EndsWith(".BigEndian", StringComparison.Ordinal)
        ? (int)(lane + (uint)block.Bus - model.End) * 8
        : (int)(model.Offset - lane) * 8;

    public bool FillsLane { get; } = model.Type.Bytes == block.Bus;

    /// <summary>Mask of its bytes in the lane.</summary>
    public ulong Bytes => Model.Type.Ones << Shift;

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

    private static string Negated(string condition) => condition[0] == '!' ? condition.Substring(1) : "!" + condition;
}
