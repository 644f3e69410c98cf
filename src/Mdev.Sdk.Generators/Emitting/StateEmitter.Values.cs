using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Values: each by way of an unsigned integer, where it is no text and no UUID.</summary>
internal static partial class StateEmitter
{
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
}
