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
        var groups = new List<List<Item>>();
        foreach (Item item in Spanning(block, bus))
        {
            var joined = new List<Item> { item };
            foreach (List<Item> met in groups.Where(g => g.Any(other => other.Lanes.Meets(item.Lanes))).ToList())
            {
                joined.InsertRange(joined.Count - 1, met);
                groups.Remove(met);
            }

            groups.Add(joined);
        }

        var alone = new List<RegisterArrayModel>();
        var shared = new List<LaneGroup>();
        var left = new List<RegisterModel>(block.Registers);
        foreach (List<Item> group in groups)
        {
            RegisterArrayModel[] arrays = [.. group.Select(g => g.Array).OfType<RegisterArrayModel>()];
            if (arrays.Length == 0)
                continue;
            RegisterModel[] beside = [.. left.Where(r => group.Any(g => g.Lanes.Meets(Extent.LanesOf(r, bus))))];
            RegisterArrayModel only = arrays[0];
            if (arrays.Length == 1 && beside.Length == 0 && only.Element.Conditions.Count == 0 && only.IsRegular(bus))
            {
                alone.Add(only);
                continue;
            }

            left.RemoveAll(beside.Contains);
            shared.Add(new LaneGroup(block, arrays, beside));
        }

        return new LanePlan([.. alone.OrderBy(a => a.Offset)], shared, left);
    }

    // What may lie in several lanes and so joins what lies in each: arrays, and registers that are wider than the bus. All of a lane is in one
    // place, where a store from outside reaches both of two directions.
    private static IEnumerable<Item> Spanning(RegisterBlockModel block, uint bus) => block.Arrays
        .Where(a => a.IsPlaced)
        .Select(a => new Item(a, Extent.LanesOf(a, bus)))
        .Concat(block.Registers.Where(r => r.Type.Bytes > bus).Select(r => new Item(null, Extent.LanesOf(r, bus))));

    private sealed record Item(RegisterArrayModel? Array, Extent Lanes);
}
