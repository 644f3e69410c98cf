using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>What a block's map as a whole shows to be hardly meant.</summary>
internal static class MapChecks
{
    public static void Check(BlockDraft block, AttributeData attribute)
    {
        foreach (RegisterDraft register in block.Registers)
            CheckReadable(block, register);

        bool ordered = block.Bus > 1 || block.Registers.Any(r => r.Model.Type.Bytes > 1);
        if (!ordered && attribute.HasNamed("ByteOrder"))
            block.Mistakes.Add(MapRules.NoOrder, Place.Of(attribute, "ByteOrder"), block.Type.Name);
        if (attribute.Named("Complete", false) && Gaps(block) is { Length: > 0 } gaps)
            block.Mistakes.Add(MapRules.Gap, Place.Of(attribute, "Complete"), block.Type.Name, gaps);
    }

    // An acknowledge register at another address, a command that clears itself and one with a handler of its own are meant so.
    private static void CheckReadable(BlockDraft block, RegisterDraft register)
    {
        RegisterModel model = register.Model;
        if (model is not { Storage: { } storage, IsAlias: false, OnRead: null, OnWrite: null } || !register.Attribute.HasNamed("Access"))
            return;
        // Fields of other access have been asked where they are declared.
        AccessMasks access = model.Access, stated = AccessMasks.Of(register.Attribute.Named("Access", 0), 1);
        ulong unread = access.Written & ~(access.W | access.R | access.SelfClearing);
        if (unread == 0 || (stated.Written & ~stated.W) == 0)
            return;
        bool elsewhere = block.Registers.Any(r => r.Model.IsAlias && r.Model.Storage == storage && (r.Model.Access.R & unread) != 0);
        bool driven = block.Interrupts.Any(i => i.Follows.Contains(register.Symbol.Name));
        if (!elsewhere && !driven)
            block.Mistakes.Add(MapRules.Unreadable, Place.Of(register.Attribute, "Access"), model.Name);
    }

    private static string Gaps(BlockDraft block)
    {
        var taken = new List<(long Start, long End)>();
        taken.AddRange(block.Registers.Select(r => ((long)r.Model.Offset, r.Model.End)));
        foreach (RegisterArrayModel array in block.Arrays.Select(a => a.Model).Where(a => a.IsPlaced))
            AddEach(taken, block.Size, array.Offset, array.Stride, array.Count, array.Element.Type.Bytes);
        foreach (NestedBlockModel inner in block.Blocks.Where(b => b.IsPlaced))
            AddEach(taken, block.Size, inner.Offset, inner.Stride, inner.Count, inner.Size);
        taken.AddRange(block.BlockWindows.Select(w => ((long)w.Model.Offset, w.Model.Offset + (long)block.Bus)));

        var gaps = new List<string>();
        long at = 0;
        foreach ((long start, long end) in taken.OrderBy(t => t.Start).Append((block.Size, block.Size)))
        {
            if (start > at)
                gaps.Add(start - at == 1 ? Hex(at) : $"{Hex(at)} to {Hex(start - 1)}");
            at = Math.Max(at, end);
        }

        // The first few are enough to begin with.
        const int Most = 4;
        return string.Join(", ", gaps.Take(Most)) + (gaps.Count > Most ? $" and {(gaps.Count - Most).ToString(CultureInfo.InvariantCulture)} more ranges" : "");
    }

    private static void AddEach(List<(long Start, long End)> taken, uint end, uint offset, uint stride, int count, long bytes)
    {
        if (stride <= bytes)
        {
            taken.Add((offset, offset + (stride * (long)(count - 1)) + bytes));
            return;
        }

        // What lies behind the block has its own mistake.
        for (long i = 0, at = offset; i < count && at < end; i++, at += stride)
            taken.Add((at, at + bytes));
    }

    private static string Hex(long value) => "0x" + value.ToString("x2", CultureInfo.InvariantCulture);
}
