using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints a struct of bit fields: its value, its fields, and what makes it a complete value type.</summary>
internal static class BitFieldsEmitter
{
    public static SourceFile Emit(BitFieldsModel model)
    {
        string implements = $"global::System.IEquatable<{model.Shell.Constructed}>";
        return Shell.Write(model.Shell, "BitFields", implements, static _ => { }, writer => WriteMembers(writer, model), writer => HoverText.Write(writer, model));
    }

    private static void WriteMembers(IndentedWriter writer, BitFieldsModel model)
    {
        string name = model.Shell.Constructed, integer = RegisterType.IntegerOf(model.Bytes);
        writer.Line(Shell.Generated);
        writer.Line($"private {(model.ReadOnly ? "readonly " : "")}{integer} _value;");
        writer.Line();
        writer.Mark();
        writer.Line($"private {model.Shell.Name.Identifier()}({integer} value) => _value = value;");
        foreach (BitFieldModel field in model.Fields)
            WriteField(writer, model, field);

        writer.Line();
        writer.Line("/// <summary>The whole register.</summary>");
        writer.Mark();
        writer.Line($"public static explicit operator {integer}({name} value) => value._value;");
        writer.Line();
        writer.Line("/// <summary>A register of that value; all bits are kept, those of no field too.</summary>");
        writer.Mark();
        writer.Line($"public static explicit operator {name}({integer} value) => new(value);");
        WriteEquality(writer, model, name);
        WriteText(writer, model);
        FieldConstantEmitter.Write(writer, model);
    }

    /// <summary>No documentation here: an implementing part's would hide what the author has written on the property.</summary>
    private static void WriteField(IndentedWriter writer, BitFieldsModel model, BitFieldModel field)
    {
        PartialProperty property = field.Property;
        int bytes = model.Bytes;
        string integer = RegisterType.IntegerOf(bytes), working = Literal.WorkingType(bytes);
        ulong mask = field.Ones << field.Low, all = ulong.MaxValue >> (64 - (bytes * 8));
        string inPlace = Literal.Working(mask, bytes), others = Literal.Working(all & ~mask, bytes);
        string ones = Literal.Working(field.Ones, bytes), low = Literal.Number(field.Low);

        writer.Line();
        writer.Mark();
        writer.Open($"{property.Modifiers} {property.Type} {property.Name}");
        if (property.Getter is not null)
        {
            string stored = field.Low == 0 ? "_value" : $"(_value >> {low})";
            writer.Line(field.IsBool
                ? $"{property.Getter} => (_value & {inPlace}) != 0;"
                : $"{property.Getter} => unchecked(({property.Type})({stored} & {ones}));");
        }

        if (property.Setter is not null)
        {
            string moved = field.Low == 0 ? $"(({working})value & {ones})" : $"((({working})value & {ones}) << {low})";
            writer.Line(field.IsBool
                ? $"{property.Setter} => _value = {Stored($"value ? _value | {inPlace} : _value & {others}")};"
                : $"{property.Setter} => _value = unchecked({Stored($"(_value & {others}) | {moved}")});");
        }

        writer.Close();

        string Stored(string expression) => integer == working ? expression : $"({integer})({expression})";
    }

    private static void WriteEquality(IndentedWriter writer, BitFieldsModel model, string name)
    {
        WriteMember(writer, model, BitFieldsMember.EqualsSame, $"public readonly bool Equals({name} other) => _value == other._value;");
        WriteMember(
            writer, model, BitFieldsMember.EqualsObject, $"public override readonly bool Equals(object? obj) => obj is {name} other && Equals(other);");
        WriteMember(writer, model, BitFieldsMember.Hash, "public override readonly int GetHashCode() => _value.GetHashCode();");
        if (model.Written.Contains(BitFieldsMember.Operators))
            return;
        writer.Line();
        writer.Line("/// <summary>Whether the two registers have the same value, bits of no field included.</summary>");
        writer.Mark();
        writer.Line($"public static bool operator ==({name} left, {name} right) => left._value == right._value;");
        writer.Line();
        writer.Line("/// <summary>Whether the two registers differ, bits of no field included.</summary>");
        writer.Mark();
        writer.Line($"public static bool operator !=({name} left, {name} right) => left._value != right._value;");
    }

    private static void WriteText(IndentedWriter writer, BitFieldsModel model)
    {
        IEnumerable<string> fields = model.Fields
            .Where(f => f.Property.Getter is not null)
            .Select(f => $"{f.Property.Name.TrimStart('@')} = {{{f.Property.Name}}}");
        string text = $"{model.Shell.Name} {{{{ {string.Join(", ", fields)} }}}}";

        // Readonly only if all it reads is: the compiler would copy the struct for the others, and warn of it.
        bool readOnly = model.ReadOnly || model.Fields.All(f => f.Property.IsReadOnly || f.Property.Getter is null);
        WriteMember(
            writer,
            model,
            BitFieldsMember.Text,
            $"public override {(readOnly ? "readonly " : "")}string ToString() =>",
            $"string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $\"{text}\");");
    }

    private static void WriteMember(IndentedWriter writer, BitFieldsModel model, string member, string code, string? more = null)
    {
        if (model.Written.Contains(member))
            return;
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        writer.Line(code);
        if (more is not null)
            writer.Continued(more);
    }
}
