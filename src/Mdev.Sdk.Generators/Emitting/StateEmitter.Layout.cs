using System.Text;
using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>The number that says what a form holds: a device of another layout refuses it.</summary>
internal static partial class StateEmitter
{
    // Names, places and types: what a form of another layout differs in. An inner block has a layout of its own.
    private static ulong Layout(RegisterBlockModel block, IEnumerable<SavedMember> members, IEnumerable<RegisterArrayModel> arrays)
    {
        var text = new StringBuilder();
        foreach (RegisterModel register in block.Registers.Where(IsSaved))
            text.Append($"{register.Name} at {Literal.Number(register.Offset)}\n");
        foreach (SavedMember member in members)
            text.Append(Described(member));
        foreach (RegisterArrayModel array in arrays)
        {
            RegisterType type = array.Element.Type;
            text.Append($"{array.Name} {At(array.IsPlaced, array.Offset, array.Stride)}: {type.Name} {Literal.Number(type.Bytes)}, {Literal.Number(array.Count)}");
            text.Append(ArrayStorage.IsLocked(block, array) ? ", once\n" : "\n");
        }

        foreach (NestedBlockModel inner in block.Blocks)
            text.Append($"{inner.Name} {At(inner.IsPlaced, inner.Offset, inner.Stride)}: {inner.Type}, {Literal.Number(inner.Count)}\n");
        return Hash(text.ToString());
    }

    private static string At(bool placed, uint offset, uint stride) =>
        placed ? $"at {Literal.Number(offset)} by {Literal.Number(stride)}" : "behind windows";

    private static string Described(SavedMember member) =>
        $"{member.Name}: {member.Type.Name} {Literal.Number(member.Type.Bytes)}{(member.IsArray ? "[]" : "")}\n";

    // FNV-1a: the same in every compiler and on every machine.
    private static ulong Hash(string text)
    {
        ulong hash = 0xcbf2_9ce4_8422_2325;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ value) * 0x100_0000_01b3);
        return hash;
    }
}
