using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints the places of a struct's fields as constants: for who has the register as a number.</summary>
internal static class FieldConstantEmitter
{
    public static void Write(IndentedWriter writer, BitFieldsModel model)
    {
        string integer = RegisterType.IntegerOf(model.Bytes);
        WriteClass(
            writer,
            model,
            BitFieldsMember.Masks,
            "The bits of each field, at their place in the register.",
            f => $"{integer} {f.Property.Name} = {Literal.Hex(f.Ones << f.Low, model.Bytes)}");
        WriteClass(
            writer,
            model,
            BitFieldsMember.Shifts,
            "The lowest bit of each field.",
            f => $"int {f.Property.Name} = {Literal.Number(f.Low)}");
    }

    private static void WriteClass(IndentedWriter writer, BitFieldsModel model, string name, string summary, Func<BitFieldModel, string> constant)
    {
        if (model.Fields.Count == 0 || !model.Constants.Contains(name))
            return;
        writer.Line();
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Mark();
        writer.Open($"public static class {name}");
        foreach (BitFieldModel field in model.Fields)
        {
            MapFieldModel? map = model.Map.FirstOrDefault(f => f.Name == field.Property.Name.TrimStart('@'));
            string bits = field.High == field.Low ? $"Bit {Literal.Number(field.Low)}." : $"Bits {Literal.Number(field.High)} to {Literal.Number(field.Low)}.";
            writer.Line($"/// <summary>{$"{bits} {HoverText.Escaped(map?.Description ?? "")}".Trim()}</summary>");
            writer.Line($"public const {constant(field)};");
        }

        writer.Close();
    }
}
