using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis.CSharp;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints the offsets of a block's registers as constants: for device code, tests and drivers in C#.</summary>
internal static class OffsetEmitter
{
    public static void Write(IndentedWriter writer, RegisterBlockModel block)
    {
        if (!block.Map.HasOffsets || block.Map.Registers.Count + block.Map.Blocks.Count + block.Properties.Count == 0)
            return;
        var taken = new Dictionary<string, uint>(StringComparer.Ordinal);
        writer.Line();
        writer.Line("/// <summary>Offsets of the registers, in bytes from the start of the block.</summary>");
        writer.Mark();
        writer.Open($"public static class {RegisterMapReader.Offsets}");
        // What an author has named comes before the data registers that we name.
        foreach (MapRegisterModel map in block.Map.Registers.Where(r => r.IsPlaced).OrderBy(r => r.Window is not null))
        {
            RegisterModel register = map.Register;
            if (Take(taken, map.Window is null ? register.Name : register.Name + "Data", register.Offset) is not { } name)
                continue;
            string what = $"{Literal.Number(register.Type.Bits)} bits, {HoverText.AccessOf(map)}.";
            WriteOne(writer, name, register.Offset, map.Stride, what, map.Description);

            // By name too, for whoever can see the names.
            if (map.Index is { Visibility: { } visibility, Type: var index })
                WriteSeveral(writer, visibility, index, name, register.Offset, map.Stride, what, map.Description);
        }

        foreach (MapBlockModel map in block.Map.Blocks)
        {
            foreach (MapWindowModel window in map.Windows)
            {
                if (Take(taken, map.Block.Name + "Data", window.Offset) is { } data)
                    WriteOne(writer, data, window.Offset, 0, $"Leads into {map.Block.Name}.", "");
            }

            if (!map.Block.IsPlaced)
                continue;
            if (Take(taken, map.Block.Name, map.Block.Offset) is { } name)
                WriteOne(writer, name, map.Block.Offset, map.Block.IsArray ? map.Block.Stride : 0, "A block of its own.", map.Description);
        }

        // What is wrong with the rest is reported; whoever uses its constant has no second mistake.
        if (block.Broken)
        {
            foreach (PartialProperty property in block.Properties)
            {
                if (!taken.ContainsKey(property.Name.TrimStart('@')) && Take(taken, property.Name.TrimStart('@'), 0) is { } name)
                    WriteOne(writer, name, 0, 0, "Not declared as a register can be.", "");
            }
        }

        writer.Close();
    }

    /// <summary>
    /// The name of a constant; null where another address of the same register has it. Names are the author's, and may be no identifiers.
    /// </summary>
    private static string? Take(Dictionary<string, uint> taken, string name, uint offset)
    {
        string identifier = Identifier(name);
        if (!taken.TryGetValue(identifier, out uint other))
        {
            taken.Add(identifier, offset);
            return identifier.Identifier();
        }

        identifier = $"{identifier}At{offset:X2}";
        if (other == offset || taken.ContainsKey(identifier))
            return null;
        taken.Add(identifier, offset);
        return identifier;
    }

    private static string Identifier(string name)
    {
        if (SyntaxFacts.IsValidIdentifier(name) && name != RegisterMapReader.Offsets)
            return name;
        string legal = new([.. name.Select(static c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_')]);
        return SyntaxFacts.IsValidIdentifier(legal) && legal != RegisterMapReader.Offsets ? legal : "_" + legal;
    }

    private static void WriteOne(IndentedWriter writer, string name, uint offset, uint stride, string what, string description)
    {
        if (stride != 0)
        {
            WriteSeveral(writer, "public", "int", name, offset, stride, what, description);
            return;
        }

        WriteSummary(writer, offset, what, description);
        writer.Line($"public {Hiding(name)}const uint {name} = {Literal.Offset(offset)}u;");
    }

    private static void WriteSeveral(
        IndentedWriter writer, string visibility, string index, string name, uint offset, uint stride, string what, string description)
    {
        WriteSummary(writer, offset, what, description);

        // The element may not be there, and then neither is its offset: no check, no exception. No method of object has such a parameter.
        writer.Line($"{visibility} static uint {name}({index} index) => unchecked({Literal.Offset(offset)}u + ((uint)index * {Literal.Offset(stride)}u));");
    }

    private static void WriteSummary(IndentedWriter writer, uint offset, string what, string description) =>
        writer.Line($"/// <summary>{Literal.Offset(offset)}. {$"{what} {HoverText.Escaped(description)}".Trim()}</summary>");

    private static string Hiding(string name) =>
        name is "Equals" or "ReferenceEquals" or "ToString" or "GetHashCode" or "GetType" or "MemberwiseClone" ? "new " : "";
}
