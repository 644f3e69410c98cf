using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>
/// How the lanes of a block are found: arrays that have theirs to themselves by one range test each, lanes that an array shares by
/// a range test a group, and all other registers by the switch.
/// </summary>
internal sealed class LanePlan
{
    private LanePlan(IReadOnlyList<RegisterArrayModel> alone, IReadOnlyList<LaneGroup> shared, IReadOnlyList<RegisterModel> registers) =>
        (Alone, Shared, Registers) = (alone, shared, registers);

    public IReadOnlyList<RegisterArrayModel> Alone { get; }

    public IReadOnlyList<LaneGroup> Shared { get; }

    public IReadOnlyList<RegisterModel> Registers { get; }

    public static LanePlan Of(RegisterBlockModel block)
    {
        uint bus = (uint)block.Bus;
        var groups = new List<List<(RegisterArrayModel Array, Extent Lanes)>>();
        foreach (RegisterArrayModel array in block.Arrays.Where(a => a.IsPlaced))
        {
            Extent lanes = Extent.LanesOf(array, bus);
            var joined = new List<(RegisterArrayModel Array, Extent Lanes)> { (array, lanes) };
            foreach (var met in groups.Where(g => g.Any(other => other.Lanes.Meets(lanes))).ToList())
            {
                joined.InsertRange(joined.Count - 1, met);
                groups.Remove(met);
            }

            groups.Add(joined);
        }

        var alone = new List<RegisterArrayModel>();
        var shared = new List<LaneGroup>();
        var left = new List<RegisterModel>(block.Registers);
        foreach (List<(RegisterArrayModel Array, Extent Lanes)> group in groups)
        {
            RegisterModel[] beside = [.. left.Where(r => group.Any(g => g.Lanes.Meets(Extent.LanesOf(r, bus))))];
            RegisterArrayModel only = group[0].Array;
            if (group.Count == 1 && beside.Length == 0 && only.Element.Conditions.Count == 0 && only.IsRegular(bus))
            {
                alone.Add(only);
                continue;
            }

            left.RemoveAll(beside.Contains);
            shared.Add(new LaneGroup(block, [.. group.Select(g => g.Array)], beside));
        }

        return new LanePlan([.. alone.OrderBy(a => a.Offset)], shared, left);
    }
}
