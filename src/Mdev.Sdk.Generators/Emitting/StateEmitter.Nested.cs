using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>What a block has more than one of, or what has a state of its own: register arrays and inner blocks.</summary>
internal static partial class StateEmitter
{
    private static void WriteSaveArray(IndentedWriter writer, RegisterBlockModel block, RegisterArrayModel array)
    {
        writer.Line($"foreach ({array.Element.Type.Name} element in {Own(array.Property.Name)}.AsSpan())");
        writer.Continued(Saving(TypeOf(array.Element.Type), "element"));
        if (!ArrayStorage.IsLocked(block, array))
            return;
        writer.Line($"foreach ({Literal.WorkingType(array.Element.Type.Bytes)} element in {Own(ArrayStorage.LocksOf(array))})");
        writer.Continued(Saving(Working(array.Element.Type.Bytes), "element"));
    }

    private static void WriteLoadArray(IndentedWriter writer, RegisterBlockModel block, RegisterArrayModel array)
    {
        WriteElements(TypeOf(array.Element.Type), array.Property.Name);
        if (ArrayStorage.IsLocked(block, array))
            WriteElements(Working(array.Element.Type.Bytes), ArrayStorage.LocksOf(array));

        void WriteElements(SavedType type, string storage)
        {
            writer.Open($"for (int at = 0; at < {Literal.Number(array.Count)}; at++)");
            WriteLoadValue(writer, type, $"{Own(storage)}[at]", array.Name);
            writer.Close();
            writer.Line();
        }
    }

    private static void WriteSaveInner(IndentedWriter writer, NestedBlockModel inner)
    {
        string target = Own(inner.Property);
        if (!inner.IsArray)
        {
            writer.Line($"writer.Write({Stateful(target)});");
            return;
        }

        writer.Line($"writer.WriteLength({target}.Length);");
        writer.Line($"foreach ({inner.Type}? element in {target})");
        writer.Continued($"writer.Write({Stateful("element")});");
    }

    // A class whose mistake leaves it without its generated half is no block yet, and has that mistake alone.
    private static string Stateful(string block) => $"({Interface}?){block}";

    private static void WriteLoadInner(IndentedWriter writer, NestedBlockModel inner)
    {
        string target = Own(inner.Property);
        const string Next = "global::Mdev.Sdk.State.StateReader.Next(ref reader, ";
        if (!inner.IsArray)
        {
            writer.Line($"{Next}{Literal.Text(inner.Name)}, {Stateful(target)});");
            return;
        }

        writer.Open();
        writer.Line($"int? length = reader.NextLength({Literal.Text(inner.Name)}, 1, nullable: false, {target}.Length);");
        writer.Line("for (int at = 0; at < length; at++)");
        writer.Continued($"{Next}{Literal.Text(inner.Name)}, {Stateful(target + "[at]")});");
        writer.Close();
        writer.Line();
    }
}
