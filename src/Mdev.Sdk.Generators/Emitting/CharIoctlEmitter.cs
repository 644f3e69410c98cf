using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints the switch over the commands of ioctl(2).</summary>
internal static class CharIoctlEmitter
{
    private const string Sdk = "global::Mdev.Sdk.";

    public static void Write(IndentedWriter writer, EquatableArray<CharIoctlModel> ioctls)
    {
        CharDeviceEmitter.Head(writer, dispatches: true);
        writer.Open($"int {Sdk}ICharDevice.Ioctl({Sdk}CharFile file, ref {Sdk}CharIoctl ioctl)");
        writer.Open("switch (ioctl.Command)");
        foreach (CharIoctlModel ioctl in ioctls)
        {
            writer.Line($"// {new IoctlNumber(ioctl.Command)}");
            writer.Line($"case {Literal.Working(ioctl.Command, 4)}:");
            WriteCase(writer, ioctl);
        }

        writer.Line("default:");
        writer.Continued($"return -(int){Sdk}Errno.ENOTTY;");
        writer.Close();
        writer.Close();
    }

    private static void WriteCase(IndentedWriter writer, CharIoctlModel ioctl)
    {
        bool isStruct = ioctl.Argument is CharArgument.In or CharArgument.Out or CharArgument.InOut;
        writer.Open();
        if (ioctl.CheckedSize > 0 && isStruct)
            WriteSizeCheck(writer, ioctl);
        if (isStruct)
        {
            // What is not there yet has the handler run again, or the call fail: either way it has nothing to answer.
            writer.Line($"if (!ioctl.TryAccess(ioctl.Argument, {Sdk}CharIoctlAccess.{ioctl.Argument}, out global::System.Span<{ioctl.Type}> argument))");
            writer.Continued("return 0;");
        }

        string argument = ioctl.Argument switch
        {
            CharArgument.Value => $"unchecked(({ioctl.Type})ioctl.Argument)",
            CharArgument.In => "in argument[0]",
            CharArgument.Out => "out argument[0]",
            CharArgument.InOut => "ref argument[0]",
            CharArgument.Call => "ref ioctl",
            _ => "",
        };
        string arguments = string.Join(", ", new[] { ioctl.TakesFile ? "file" : "", argument }.Where(static t => t.Length > 0));
        writer.Line($"{(ioctl.Returns ? "return " : "")}{ioctl.Method}({arguments});");
        if (!ioctl.Returns)
            writer.Line("return 0;");
        writer.Close();
    }

    // The compiler at work when the program runs knows both sides, and keeps nothing of it where they agree.
    private static void WriteSizeCheck(IndentedWriter writer, CharIoctlModel ioctl)
    {
        string size = Literal.Number(ioctl.CheckedSize);
        string said = $"'{ioctl.Method.Split('.').Last()}' handles {new IoctlNumber(ioctl.Command)}, and its argument has another size.";
        writer.Line($"if (global::System.Runtime.CompilerServices.Unsafe.SizeOf<{ioctl.Type}>() != {size})");
        writer.Continued($"throw new global::System.InvalidOperationException({Literal.Text(said)});");
    }
}
