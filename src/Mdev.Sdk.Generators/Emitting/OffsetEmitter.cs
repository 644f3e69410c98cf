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
        foreach (MapRegisterModel map in block.Map.Registers)
        {
            RegisterModel register = map.Register;
            if (Take(taken, register.Name, register.Offset) is not { } name)
                continue;
            WriteOne(writer, name, register.Offset, map.Stride, $"{Literal.Number(register.Type.Bits)} bits, {HoverText.AccessOf(map)}.", map.Description);
        }

        foreach (MapBlockModel map in block.Map.Blocks)
        {
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
        string at = Literal.Offset(offset), summary = $"{what} {HoverText.Escaped(description)}".Trim();
        writer.Line($"/// <summary>{at}. {summary}</summary>");
        if (stride == 0)
        {
            writer.Line($"public {Hiding(name)}const uint {name} = {at}u;");
            return;
        }

        // The element may not be there, and then neither is its offset: no check, no exception.
        writer.Line($"public {Hiding(name)}static uint {name}(int index) => unchecked({at}u + ((uint)index * {Literal.Offset(stride)}u));");
    }

    private static string Hiding(string name) =>
        name is "Equals" or "ReferenceEquals" or "ToString" or "GetHashCode" or "GetType" or "MemberwiseClone" ? "new " : "";
}
