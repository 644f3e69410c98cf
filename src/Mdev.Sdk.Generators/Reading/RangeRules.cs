using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>What must hold of arrays and inner blocks beside each other, and beside registers.</summary>
internal static class RangeRules
{
    public static void Check(BlockDraft block)
    {
        CheckLanes(block);
        CheckBytes(block);
    }

    /// <summary>An offset behind its own, at a multiple of <paramref name="alignment"/>, where it would meet nothing.</summary>
    public static long NextFree(BlockDraft block, Extent moved, uint alignment)
    {
        Extent[] taken =
        [
            .. block.Registers.Select(r => Extent.BytesOf(r.Model)),
            .. block.Arrays.Where(a => a.Model.IsPlaced).Select(a => Extent.BytesOf(a.Model)),
            .. block.Blocks.Where(b => b.IsPlaced).Select(b => new Extent(b.Name, default, b.Offset, (uint)b.Span, 1, (uint)b.Span)),
        ];
        long at = moved.First / alignment * alignment;
        while (at < uint.MaxValue && taken.FirstOrDefault((moved with { First = (uint)at }).Meets) is { } met)
            at = met.Stride == met.Length || met.Count == 1 ? (met.End + alignment - 1) / alignment * alignment : at + alignment;
        return at;
    }

    /// <summary>Inner blocks are found by their range, before any register is, and have the lanes they lie in for themselves.</summary>
    private static void CheckLanes(BlockDraft block)
    {
        uint bus = (uint)block.Bus;
        var ranges = new List<Extent>();
        foreach (RegisterArrayDraft array in block.Arrays.Where(a => a.Model.IsPlaced))
            ranges.Add(Extent.LanesOf(array.Model, bus, Place.Of(array.Attribute, "offset")));
        foreach ((NestedBlockModel model, Place place) in block.Blocks.Zip(block.BlockPlaces, (model, place) => (model, place)).Where(b => b.model.IsPlaced))
        {
            uint lanes = (model.Size + bus - 1) / bus;
            ranges.Add(new Extent(model.Name, place, model.Offset / bus, Math.Max(model.Stride / bus, lanes), (uint)model.Count, lanes) { IsBlock = true, Conditions = model.Conditions });
        }

        foreach ((string name, var attribute, BlockWindowModel window) in block.BlockWindows)
            ranges.Add(new Extent(name, Place.Of(attribute, "offset"), window.Offset / bus, 1, 1, 1) { IsBlock = true, Conditions = window.Conditions });
        foreach (RegisterDraft register in block.Registers)
            ranges.Add(Extent.LanesOf(register.Model, bus, Place.Of(register.Attribute, "offset")));

        for (int i = 0; i < ranges.Count; i++)
        {
            for (int j = i + 1; j < ranges.Count; j++)
            {
                Extent first = ranges[i], second = ranges[j];
                if ((first.IsBlock || second.IsBlock) && first.Meets(second) && !first.IsExcludedBy(second))
                    block.Mistakes.AddPair(RegisterRules.SharedLane, second.Place, first.Place, second.Name, first.Name);
            }
        }
    }

    private static void CheckBytes(BlockDraft block)
    {
        var all = new List<(RegisterModel Model, Extent Bytes, bool IsArray)>();
        foreach (RegisterArrayDraft array in block.Arrays.Where(a => a.Model.IsPlaced))
            all.Add((array.Model.Element, Extent.BytesOf(array.Model, Place.Of(array.Attribute, "offset")), true));
        foreach (RegisterDraft register in block.Registers)
            all.Add((register.Model, Extent.BytesOf(register.Model, Place.Of(register.Attribute, "offset")), false));
        if (all.Count == block.Registers.Count)
            return;

        all = [.. all.OrderBy(e => e.Model.Order)];
        for (int i = 0; i < all.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (RegisterModel a, Extent first, bool firstIsArray) = all[j];
                (RegisterModel b, Extent second, bool secondIsArray) = all[i];
                if ((firstIsArray || secondIsArray) && a.SharesDirectionWith(b) && !a.ExcludedBy(b) && first.Meets(second))
                    Report(block, a, first, b, second);
            }
        }
    }

    private static void Report(BlockDraft block, RegisterModel a, Extent first, RegisterModel b, Extent second)
    {
        string direction = LayoutRules.Direction(a, b);
        if (a.Conditions.Equals(b.Conditions) || a.Conditions.Count == 0 || b.Conditions.Count == 0)
        {
            string free = Hex(NextFree(block, second, second.Length));
            block.Mistakes.AddPair(RegisterRules.Overlap, second.Place, first.Place, b.Name, Range(second), a.Name, Range(first), direction, free);
        }
        else
        {
            block.Mistakes.AddPair(RegisterRules.MaybeOverlap, second.Place, first.Place, b.Name, Range(second), a.Name, Range(first), direction);
        }
    }

    private static string Range(Extent bytes) => bytes.End == bytes.First + 1 ? Hex(bytes.First) : $"{Hex(bytes.First)} to {Hex(bytes.End - 1)}";

    private static string Hex(long value) => "0x" + value.ToString("x2", CultureInfo.InvariantCulture);
}
