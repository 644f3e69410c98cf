using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads <c>[IndexData]</c>: to a block it is one more register for an array, or a lane that leads into an inner block.</summary>
internal static class IndexDataReader
{
    /// <summary>After all registers have been read: it names one.</summary>
    public static void Read(BlockDraft block, IPropertySymbol property)
    {
        foreach (AttributeData attribute in property.Attributes(AttributeNames.IndexData))
        {
            int inner = block.Blocks.FindIndex(b => b.Name == property.Name);
            if (block.Arrays.FirstOrDefault(a => a.Symbol.Name == property.Name && !a.Model.IsAlias) is { } array)
                ReadArray(block, property, attribute, array);
            else if (inner >= 0)
                ReadBlock(block, attribute, inner);
            else if (property.Attribute(AttributeNames.RegisterArray) is null && property.Attribute(AttributeNames.Block) is null)
                Wrong(block, attribute, property.Name, "is neither an array nor a block; add [RegisterArray] or [Block]");
        }
    }

    private static void ReadArray(BlockDraft block, IPropertySymbol property, AttributeData attribute, RegisterArrayDraft array)
    {
        RegisterModel element = array.Model.Element;
        if (attribute.HasNamed("Scale"))
            Wrong(block, Place.Of(attribute, "Scale"), property.Name, "is an array, whose index counts registers; remove Scale");
        if (WindowOf(block, attribute, property.Name, array.Model.Count) is not { } window)
            return;
        int access = AccessReader.Read(attribute, property.Name, 0, block.Mistakes);
        ulong mask = array.Attribute.Named("Mask", ulong.MaxValue);
        block.Registers.Add(new RegisterDraft(property, attribute, element with
        {
            Offset = attribute.Argument(1, 0u),
            Conditions = ConditionReader.Read(block, attribute),
            Access = access == 0 ? element.Access : StoredRegisterReader.OwnAccess(access, element, mask),
            Claims = access == 0 ? element.Claims : StoredRegisterReader.Directions(access),
            IsAlias = true,
            Watched = access == 0 ? element.Watched : StoredRegisterReader.WatchedAtAlias(element),
            Address = null,
            Window = window with { Index = array.Model.Index, IsLimited = access != 0 },
        }));
    }

    private static void ReadBlock(BlockDraft block, AttributeData attribute, int inner)
    {
        NestedBlockModel model = block.Blocks[inner];
        uint bus = (uint)block.Bus, offset = attribute.Argument(1, 0u), scale = attribute.Named("Scale", bus);
        if (attribute.HasNamed("Access"))
            Wrong(block, Place.Of(attribute, "Access"), model.Name, "is a block, whose registers have their own access; remove Access");
        if (scale == 0)
            Wrong(block, Place.Of(attribute, "Scale"), model.Name, "has an index that goes nowhere; Scale is at least 1");
        if (offset % bus != 0)
            block.Mistakes.Add(NestingRules.OffTheBus, Place.Of(attribute, "offset"), model.Name, Text(bus), Hex(offset));
        else if (offset + (long)bus > (block.Size + (long)bus - 1) / bus * bus)
            block.Mistakes.Add(RegisterRules.OutsideBlock, Place.Of(attribute, "offset"), model.Name, Hex(offset + (long)bus), Hex(block.Size));

        long steps = (model.Span + Math.Max(scale, 1) - 1) / Math.Max(scale, 1);
        if (WindowOf(block, attribute, model.Name, steps) is not { } window)
            return;
        var reached = new BlockWindowModel(offset, Math.Max(scale, 1), ConditionReader.Read(block, attribute), window);
        block.Blocks[inner] = model with { Windows = model.Windows.Append(reached).ToEquatableArray() };
        block.BlockWindows.Add((model.Name, attribute, reached));
    }

    private static WindowModel? WindowOf(BlockDraft block, AttributeData attribute, string target, long count)
    {
        string name = attribute.Argument(0, "");
        Place place = Place.Of(attribute, "index");
        RegisterDraft? found = block.Registers.FirstOrDefault(r => r.Model is { Storage: not null, IsAlias: false } && r.Symbol.Name == name);
        if (found is null)
        {
            // A property that has the attribute and yet is no register has its own mistake; one is enough.
            if (!block.Type.GetMembers(name).Any(m => m.Attribute(AttributeNames.Register) is not null))
                Wrong(block, place, target, $"has '{name}' for its index, which is no register of '{block.Type.Name}'; name a property with [Register]");
            return null;
        }

        RegisterModel index = found.Model;
        ITypeSymbol type = ((IPropertySymbol)found.Symbol).Type;
        bool counts = attribute.Named("AutoIncrement", false);
        if (type.TypeKind != TypeKind.Enum && index.Type.Converts)
            Wrong(block, place, target, $"has '{name}' for its index, which is of type '{type.Shown()}'; an index register is an unsigned integer or an enum over one");
        else if (counts && index.IsConstant)
            Wrong(block, place, target, $"has '{name}' for its index, which is a constant and cannot count up; give it a setter");
        else if (index.Type.Bits < 32 && count > 1L << index.Type.Bits)
            Wrong(block, place, target, $"has '{name}' for its index, whose {index.Type.Bits.ToString(CultureInfo.InvariantCulture)} bits cannot tell {count.ToString(CultureInfo.InvariantCulture)} apart; make it wider");
        else
            return new WindowModel(NumberOf(index), count, counts ? NextOf(index) : null);
        return null;
    }

    private static string NumberOf(RegisterModel index) =>
        index.Type.Converts ? $"({index.Type.Integer}){index.Storage}" : index.Storage!;

    // Bits that the guest cannot write are not those of the counter, if the others are its low ones.
    private static string NextOf(RegisterModel index)
    {
        RegisterType type = index.Type;
        ulong counter = index.Access.Written, ones = type.Ones;
        string number = NumberOf(index), next = $"({number} + 1)";
        if (counter != 0 && counter != ones && (counter & (counter + 1)) == 0)
            next = $"(({number} & 0x{AccessReader.Hex(ones & ~counter)}{Suffix(type)}) | ({next} & 0x{AccessReader.Hex(counter)}{Suffix(type)}))";
        return $"{index.Storage} = {(type.Converts ? $"({type.Name})" : "")}({type.Integer}){next};";
    }

    private static string Suffix(RegisterType type) => type.Bytes == 8 ? "ul" : "u";

    private static void Wrong(BlockDraft block, Place place, string target, string problem) =>
        block.Mistakes.Add(WindowRules.BadIndexData, place, target, problem);

    private static string Hex(long value) => value.ToString("x2", CultureInfo.InvariantCulture);

    private static string Text(uint value) => value.ToString(CultureInfo.InvariantCulture);
}
