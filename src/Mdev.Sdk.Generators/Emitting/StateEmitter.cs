using System.Text;
using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>
/// Prints how a block's or device's state becomes bytes and comes back. Loading runs twice, and assigns only in the second run.
/// </summary>
internal static class StateEmitter
{
    private const string Interface = "global::Mdev.Sdk.State.IStateful";
    private const string Writer = "global::Mdev.Sdk.State.StateWriter writer";
    private const string Reader = "ref global::Mdev.Sdk.State.StateReader reader";

    /// <summary>The registers, the members that are wanted, and the inner blocks.</summary>
    public static void WriteBlock(IndentedWriter writer, RegisterBlockModel block)
    {
        List<SavedMember> members = [.. Registers(block), .. block.Saved];
        if (block.Broken || (members.Count == 0 && block.Arrays.Count == 0 && block.Blocks.Count == 0))
            return;

        ulong layout = Layout(block, members);
        WriteMethod(writer, $"void {Interface}.SaveState({Writer})", () =>
        {
            writer.Line($"writer.Begin({Literal.Working(layout, 8)});");
            foreach (SavedMember member in members)
                WriteSave(writer, member);
            foreach (RegisterArrayModel array in block.Arrays)
                WriteSaveArray(writer, array);
            foreach (NestedBlockModel inner in block.Blocks)
                WriteSaveInner(writer, inner);
            writer.Line("writer.End();");
        });
        WriteMethod(writer, $"void {Interface}.LoadState({Reader})", () =>
        {
            writer.Open($"if (reader.Begin({Literal.Text(block.Shell.Name)}, {Literal.Working(layout, 8)}))");
            WriteNext(writer, members.Exists(NeedsNumber) || block.Arrays.Count > 0);
            foreach (SavedMember member in members)
                WriteLoad(writer, member);
            foreach (RegisterArrayModel array in block.Arrays)
                WriteLoadArray(writer, array);
            foreach (NestedBlockModel inner in block.Blocks)
                WriteLoadInner(writer, inner);
            writer.Line("reader.End();");
            writer.Close();
        });
    }

    /// <summary>The members of a device that are wanted; nothing where there are none.</summary>
    public static void WriteDevice(IndentedWriter writer, PciDeviceModel device)
    {
        if (device.Saved.Count == 0 || device.Broken)
            return;

        ulong layout = Hash(string.Concat(device.Saved.Select(Described)));
        WriteMethod(writer, $"protected override void SaveFields({Writer})", () =>
        {
            writer.Line($"writer.Begin({Literal.Working(layout, 8)});");
            foreach (SavedMember member in device.Saved)
                WriteSave(writer, member);
            writer.Line("writer.End();");
        });
        WriteMethod(writer, $"protected override void LoadFields({Reader})", () =>
        {
            writer.Open($"if (reader.Begin({Literal.Text(device.Shell.Name)}, {Literal.Working(layout, 8)}))");
            WriteNext(writer, device.Saved.Any(NeedsNumber));
            foreach (SavedMember member in device.Saved)
                WriteLoad(writer, member);
            writer.Line("reader.End();");
            writer.Close();
        });
    }

    // One local for all numbers.
    private static void WriteNext(IndentedWriter writer, bool needed)
    {
        if (needed)
            writer.Line("ulong next;");
    }

    private static bool NeedsNumber(SavedMember member) => member.Type.Form is not (SavedForm.Guid or SavedForm.String);

    private static void WriteMethod(IndentedWriter writer, string signature, Action body)
    {
        writer.Gap();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        writer.Open(signature);
        body();
        writer.Close();
    }

    // A register is a member like another; so is what remembers which of its bits have been written once.
    private static IEnumerable<SavedMember> Registers(RegisterBlockModel block)
    {
        foreach (RegisterModel register in block.Registers)
        {
            if (register is not { Storage: { } storage, IsAlias: false, IsConstant: false })
                continue;
            yield return new(register.Name, Own(storage), TypeOf(register.Type), IsArray: false, Nullable: false, IsFixed: false);
            if (RegisterBlockEmitter.IsLocked(block, register))
                yield return new(register.LockField, Own(register.LockField), LockType(register), IsArray: false, Nullable: false, IsFixed: false);
        }
    }

    private static SavedType TypeOf(RegisterType type) =>
        new(type.Name, type.Converts ? SavedForm.Cast : SavedForm.Integer, type.Bytes, type.Integer, Nullable: false);

    private static SavedType LockType(RegisterModel register) =>
        new(Literal.WorkingType(register.Type.Bytes), SavedForm.Integer, register.Type.Bytes == 8 ? 8 : 4, "", Nullable: false);

    private static string Own(string member) => member.StartsWith("this.", StringComparison.Ordinal) ? member : "this." + member;

    private static void WriteSave(IndentedWriter writer, SavedMember member)
    {
        if (!member.IsArray)
        {
            writer.Line(Saving(member.Type, member.Target));
            return;
        }

        writer.Line($"writer.WriteLength({member.Target}?.Length);");
        writer.Open($"if ({member.Target} is not null)");
        writer.Line($"foreach ({member.Type.Name}{(member.Type.Nullable ? "?" : "")} element in {member.Target})");
        writer.Continued(Saving(member.Type, "element"));
        writer.Close();
    }

    private static void WriteLoad(IndentedWriter writer, SavedMember member)
    {
        if (!member.IsArray)
        {
            WriteLoadValue(writer, member.Type, member.Target, member.Name);
            return;
        }

        string type = member.Type.Name + (member.Type.Nullable ? "?" : "");
        string fixedLength = member.IsFixed ? $"{member.Target}.Length" : "null";
        writer.Open();
        writer.Line($"int? length = reader.NextLength({Literal.Text(member.Name)}, {Literal.Number(member.Type.Bytes)}, nullable: {(member.Nullable ? "true" : "false")}, {fixedLength});");

        // What is there is kept where it fits: others may hold it.
        writer.Line($"{type}[]? elements = {member.Target};");
        writer.Open("if (reader.Applies && elements?.Length != length)");
        writer.Line($"elements = length is {{ }} count ? new {type}[count] : null;");
        writer.Close();
        writer.Line();
        writer.Open("for (int at = 0; at < length; at++)");
        WriteLoadValue(writer, member.Type, "elements![at]", member.Name);
        writer.Close();
        if (!member.IsFixed)
        {
            writer.Line();
            writer.Open("if (reader.Applies)");
            writer.Line($"{member.Target} = elements{(member.Nullable ? "" : "!")};");
            writer.Close();
        }

        writer.Close();
        writer.Line();
    }

    private static void WriteSaveArray(IndentedWriter writer, RegisterArrayModel array)
    {
        writer.Line($"foreach ({array.Element.Type.Name} element in {Own(array.Property.Name)}.AsSpan())");
        writer.Continued(Saving(TypeOf(array.Element.Type), "element"));
        if (array.Element.Access.Once != 0)
        {
            writer.Line($"foreach ({Literal.WorkingType(array.Element.Type.Bytes)} element in {LockOf(array)})");
            writer.Continued(Saving(LockType(array.Element), "element"));
        }
    }

    private static void WriteLoadArray(IndentedWriter writer, RegisterArrayModel array)
    {
        writer.Open($"for (int at = 0; at < {Literal.Number(array.Count)}; at++)");
        WriteLoadValue(writer, TypeOf(array.Element.Type), $"{Own(array.Property.Name)}[at]", array.Name);
        writer.Close();
        writer.Line();
        if (array.Element.Access.Once == 0)
            return;
        writer.Open($"for (int at = 0; at < {Literal.Number(array.Count)}; at++)");
        WriteLoadValue(writer, LockType(array.Element), $"{LockOf(array)}[at]", array.Name);
        writer.Close();
        writer.Line();
    }

    private static string LockOf(RegisterArrayModel array) => Own(array.Element.LockField.Replace("[at]", ""));

    private static void WriteSaveInner(IndentedWriter writer, NestedBlockModel inner)
    {
        string target = Own(inner.Property);
        if (!inner.IsArray)
        {
            writer.Line($"writer.Write({target});");
            return;
        }

        writer.Line($"writer.WriteLength({target}.Length);");
        writer.Line($"foreach ({inner.Type}? element in {target})");
        writer.Continued("writer.Write(element);");
    }

    private static void WriteLoadInner(IndentedWriter writer, NestedBlockModel inner)
    {
        string target = Own(inner.Property);
        const string Next = "global::Mdev.Sdk.State.StateReader.Next(ref reader, ";
        if (!inner.IsArray)
        {
            writer.Line($"{Next}{Literal.Text(inner.Name)}, {target});");
            return;
        }

        writer.Open();
        writer.Line($"int? length = reader.NextLength({Literal.Text(inner.Name)}, 1, nullable: false, {target}.Length);");
        writer.Line("for (int at = 0; at < length; at++)");
        writer.Continued($"{Next}{Literal.Text(inner.Name)}, {target}[at]);");
        writer.Close();
        writer.Line();
    }

    private static string Saving(SavedType type, string value) => type.Form switch
    {
        SavedForm.Guid or SavedForm.String => $"writer.Write({value});",
        _ => $"writer.Write({Literal.Number(type.Bytes)}, {Number(type, value)});",
    };

    private static string Number(SavedType type, string value) => type.Form switch
    {
        SavedForm.Bool => $"{value} ? 1ul : 0ul",
        SavedForm.Single => $"global::System.BitConverter.SingleToUInt32Bits({value})",
        SavedForm.Double => $"global::System.BitConverter.DoubleToUInt64Bits({value})",
        SavedForm.Cast => $"unchecked((ulong)({type.Integer}){value})",
        _ => $"unchecked((ulong){value})",
    };

    private static void WriteLoadValue(IndentedWriter writer, SavedType type, string target, string name)
    {
        string next = type.Form switch
        {
            SavedForm.Guid => "out global::System.Guid uuid",
            SavedForm.String => $"{Literal.Text(name)}, nullable: {(type.Nullable ? "true" : "false")}, out string? text",
            _ => $"{Literal.Number(type.Bytes)}, out next",
        };
        string value = type.Form switch
        {
            SavedForm.Guid => "uuid",
            SavedForm.String => type.Nullable ? "text" : "text!",
            SavedForm.Bool => "next != 0",
            SavedForm.Single => "global::System.BitConverter.UInt32BitsToSingle(unchecked((uint)next))",
            SavedForm.Double => "global::System.BitConverter.UInt64BitsToDouble(next)",
            SavedForm.Cast => $"({type.Name})unchecked(({type.Integer})next)",
            _ => $"unchecked(({type.Name})next)",
        };
        bool declares = type.Form is SavedForm.Guid or SavedForm.String;
        if (declares)
            writer.Open();
        writer.Line($"if (reader.Next({next}))");
        writer.Continued($"{target} = {value};");
        if (declares)
            writer.Close();
    }

    // Names, places and types: what a form of another layout differs in. An inner block has a layout of its own.
    private static ulong Layout(RegisterBlockModel block, IEnumerable<SavedMember> members)
    {
        var text = new StringBuilder();
        foreach (RegisterModel register in block.Registers.Where(r => r is { Storage: not null, IsAlias: false, IsConstant: false }))
            text.Append($"{register.Name} at {Literal.Number(register.Offset)}\n");
        foreach (SavedMember member in members)
            text.Append(Described(member));
        foreach (RegisterArrayModel array in block.Arrays)
            text.Append($"{array.Name} at {Literal.Number(array.Offset)}: {array.Element.Type.Name} {Literal.Number(array.Element.Type.Bytes)}, {Literal.Number(array.Count)}, {Literal.Number(array.Element.Access.Once == 0 ? 0 : 1)}\n");
        foreach (NestedBlockModel inner in block.Blocks)
            text.Append($"{inner.Name} at {Literal.Number(inner.Offset)}: {inner.Type}, {Literal.Number(inner.Count)}\n");
        return Hash(text.ToString());
    }

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
