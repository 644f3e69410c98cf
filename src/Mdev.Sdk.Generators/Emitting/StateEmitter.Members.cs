using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Members: those that the author wants, and the registers, which are members like others.</summary>
internal static partial class StateEmitter
{
    private static bool NeedsNumber(SavedMember member) => member.Type.Form is not (SavedForm.Guid or SavedForm.String);

    // A register is a member like another; so is what remembers which of its bits have been written once.
    private static IEnumerable<SavedMember> Registers(RegisterBlockModel block)
    {
        foreach (RegisterModel register in block.Registers.Where(IsSaved))
        {
            string storage = register.Storage!;
            yield return new(register.Name, Own(storage), TypeOf(register.Type), IsArray: false, Nullable: false, IsFixed: false);
            if (RegisterBlockEmitter.IsLocked(block, register))
                yield return new(register.LockField, Own(register.LockField), Working(register.Type.Bytes), IsArray: false, Nullable: false, IsFixed: false);
        }
    }

    private static bool IsSaved(RegisterModel register) => register is { Storage: not null, IsAlias: false, IsConstant: false };

    // What an unfinished access of a register that is wider than the bus has left behind.
    private static IEnumerable<SavedMember> SplitFields(RegisterBlockModel block) =>
        SplitRegister.Fields(block).Select(f => new SavedMember(f.Field, Own(f.Field), Working(f.Bytes), IsArray: false, Nullable: false, IsFixed: false));

    private static SavedType TypeOf(RegisterType type) =>
        new(type.Name, type.Converts ? SavedForm.Cast : SavedForm.Integer, type.Bytes, type.Integer, Nullable: false);

    // Of fields beside a register of so many bytes: code computes with no integer that is narrower than 32 bits.
    private static SavedType Working(int bytes) =>
        new(Literal.WorkingType(bytes), SavedForm.Integer, bytes == 8 ? 8 : 4, "", Nullable: false);

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
}
