using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>What must hold of a block's registers together, and of each in its block.</summary>
internal static class LayoutRules
{
    public static void Check(BlockDraft block)
    {
        foreach (RegisterDraft register in block.Registers)
            CheckPlace(block, register);

        foreach ((RegisterDraft first, RegisterDraft second) in Neighbours(block.Registers))
            CheckPair(block, first, second);
        foreach (IGrouping<string, RegisterDraft> named in block.Registers.OrderBy(r => r.Model.Order).GroupBy(r => r.Model.Name))
            CheckNames(block, [.. named]);
    }

    // Pairs that share bytes, the one declared first in front. By offset, so that a block of 1,000 is not a million pairs.
    private static IEnumerable<(RegisterDraft First, RegisterDraft Second)> Neighbours(IEnumerable<RegisterDraft> registers)
    {
        var open = new List<RegisterDraft>();
        foreach (RegisterDraft register in registers.OrderBy(r => r.Model.Offset).ThenBy(r => r.Model.Order))
        {
            open.RemoveAll(r => r.Model.End <= register.Model.Offset);
            foreach (RegisterDraft other in open)
                yield return other.Model.Order <= register.Model.Order ? (other, register) : (register, other);
            open.Add(register);
        }
    }

    private static void CheckNames(BlockDraft block, RegisterDraft[] named)
    {
        for (int i = 1; i < named.Length; i++)
        {
            RegisterDraft second = named[i];
            if (named.Take(i).FirstOrDefault(first => SharesName(first.Model, second.Model)) is { } first)
                block.Mistakes.AddPair(RegisterRules.DuplicateName, Place.Of(second.Symbol), Place.Of(first.Symbol), second.Model.Name);
        }
    }

    private static void CheckPlace(BlockDraft block, RegisterDraft register)
    {
        RegisterModel model = register.Model;
        int bytes = model.Type.Bytes;
        if (bytes > block.Bus && model.NeedsSplit && !HasToldOfSplit(block, register))
        {
            block.Mistakes.Add(
                RegisterRules.WiderThanBus, model.Storage is null ? register.Attribute : Place.Of(register.Symbol), model.Name, Text(bytes * 8), Text(block.Bus * 8), Word(bytes));
        }

        Place offset = Place.Of(register.Attribute, "offset");
        if (model.Offset % bytes != 0)
        {
            long next = (model.Offset / bytes * bytes) + bytes;
            block.Mistakes.Add(RegisterRules.Misaligned, offset, model.Name, Text(bytes), Hex(model.Offset), Hex(next));
        }
        else if (model.End > block.Size)
        {
            block.Mistakes.Add(RegisterRules.OutsideBlock, offset, model.Name, Hex(model.End), Hex(block.Size));
        }
    }

    // One Split serves all addresses of a register.
    private static bool HasToldOfSplit(BlockDraft block, RegisterDraft register) => register.Model.IsAlias && block.Registers
        .TakeWhile(r => r != register)
        .Any(r => r.Model.Storage == register.Model.Storage && r.Model.NeedsSplit);

    private static void CheckPair(BlockDraft block, RegisterDraft first, RegisterDraft second)
    {
        RegisterModel a = first.Model, b = second.Model;
        if (!a.SharesBytesWith(b) || !a.SharesDirectionWith(b) || a.ExcludedBy(b))
            return;

        string direction = Direction(a, b);
        Place here = Place.Of(second.Attribute, "offset"), there = Place.Of(first.Attribute, "offset");
        bool sameConditions = a.Conditions.Equals(b.Conditions);
        if (a.Storage is null && b.Storage is null && a.Offset == b.Offset && sameConditions)
        {
            block.Mistakes.AddPair(HandlerRules.Duplicate, here, there, first.Symbol.Name, direction, Hex(a.Offset, "0x"));
        }
        else if (sameConditions || a.Conditions.Count == 0 || b.Conditions.Count == 0)
        {
            block.Mistakes.AddPair(
                RegisterRules.Overlap, here, there, b.Name, Range(b), a.Name, Range(a), direction, Hex(RangeRules.NextFree(block, Extent.BytesOf(b), (uint)b.Type.Bytes), "0x"));
        }
        else
        {
            block.Mistakes.AddPair(RegisterRules.MaybeOverlap, here, there, b.Name, Range(b), a.Name, Range(a), direction);
        }
    }

    /// <summary>The directions in which both answer.</summary>
    public static string Direction(RegisterModel a, RegisterModel b)
    {
        bool writes = a.CanWrite && b.CanWrite, reads = a.CanRead && b.CanRead;
        return writes && reads ? "reads and writes" : writes ? "writes" : "reads";
    }

    /// <summary>A name may serve both directions of one offset, as DLL does on a UART, or all addresses of a register.</summary>
    private static bool SharesName(RegisterModel a, RegisterModel b) =>
        a.Name == b.Name && !(a.Storage is not null && a.Storage == b.Storage) && (a.Offset != b.Offset || (a.SharesDirectionWith(b) && a.ExcludedBy(b)));

    private static string Range(RegisterModel register) => register.Type.Bytes == 1
        ? Hex(register.Offset, "0x")
        : $"{Hex(register.Offset, "0x")} to {Hex(register.End - 1, "0x")}";

    private static string Word(int bytes) => bytes switch { 2 => "Word", 4 => "Dword", _ => "Qword" };

    private static string Hex(long value, string prefix = "") => prefix + value.ToString("x2", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
