using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints the file operations of a character device.</summary>
internal static class CharDeviceEmitter
{
    private const string Sdk = "global::Mdev.Sdk.";
    private const string Interface = Sdk + "ICharDevice";
    private const string File = Sdk + "CharFile file";
    private const string Token = "global::System.Threading.CancellationToken interrupted";
    private const string Answer = "global::System.Threading.Tasks.ValueTask<int>";

    public static SourceFile Emit(CharDeviceModel device) =>
        Shell.Write(device.Shell, "CharDevice", Interface, static _ => { }, writer => WriteMembers(writer, device));

    private static void WriteMembers(IndentedWriter writer, CharDeviceModel device)
    {
        writer.Line("/// <summary>Who waits for the character device: WakeUp has those tried again who were told CharFile.WouldBlock, and tells who polls.</summary>");
        writer.Mark();
        writer.Line($"private {Sdk}WaitQueueHead CharQueue {{ get; }} = new();");
        Head(writer);
        writer.Line($"string {Interface}.NodeName => {Literal.Text(device.Name)};");
        Head(writer);
        writer.Line($"{Sdk}WaitQueueHead {Interface}.Queue => CharQueue;");
        Head(writer);
        writer.Line($"{Sdk}CharOperations {Interface}.Operations => {(device.Broken ? Flags([]) : Operations(device))};");
        if (device.Broken)
            return;

        if (device.Handlers.Any(static h => h.IsAsynchronous))
        {
            Head(writer);
            writer.Line($"{Sdk}CharOperations {Interface}.Asynchronous => {Flags(device.Handlers.Where(static h => h.IsAsynchronous).Select(static h => h.Kind))};");
        }

        foreach (CharHandlerModel handler in device.Handlers)
            WriteHandler(writer, handler);
        if (device.Ioctls.Count > 0)
            CharIoctlEmitter.Write(writer, device.Ioctls);
    }

    /// <summary>What stands above a member that is called for each request.</summary>
    public static void Head(IndentedWriter writer, bool dispatches = false)
    {
        writer.Gap();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        if (dispatches)
            writer.Line(Shell.SteppedThrough);
    }

    private static void WriteHandler(IndentedWriter writer, CharHandlerModel handler)
    {
        (string result, string name, string parameter, string argument) = handler.Kind switch
        {
            CharOperationKind.Open => ("int", "Open", "", ""),
            CharOperationKind.Read when handler.IsAsynchronous => (Answer, "ReadAsync", $"global::System.Memory<byte> destination, {Token}", "destination, interrupted"),
            CharOperationKind.Read => ("int", "Read", "global::System.Span<byte> destination", "destination"),
            CharOperationKind.Write when handler.IsAsynchronous => (Answer, "WriteAsync", $"global::System.ReadOnlyMemory<byte> source, {Token}", "source, interrupted"),
            CharOperationKind.Write => ("int", "Write", "global::System.ReadOnlySpan<byte> source", "source"),
            CharOperationKind.Poll => (Sdk + "PollEvents", "Poll", "", ""),
            CharOperationKind.Interrupt => ("void", "Interrupted", "", ""),
            _ => ("void", "Release", "", ""),
        };
        string call = $"{handler.Method}({Joined(handler.TakesFile ? "file" : "", argument)});";
        string signature = $"{result} {Interface}.{name}({Joined(File, parameter)})";
        Head(writer, dispatches: true);
        if (handler.Returns || result == "void")
        {
            writer.Line($"{signature} => {call}");
            return;
        }

        writer.Open(signature);
        writer.Line(call);
        writer.Line("return 0;");
        writer.Close();
    }

    private static string Operations(CharDeviceModel device)
    {
        IEnumerable<CharOperationKind> kinds = device.Handlers.Select(static h => h.Kind);
        return Flags(device.Ioctls.Count == 0 ? kinds : kinds.Append(CharOperationKind.Ioctl));
    }

    // Whatever opens, is interrupted or closes is told so at all times.
    private static string Flags(IEnumerable<CharOperationKind> kinds)
    {
        string flags = string.Join(" | ", kinds
            .Where(static k => k is CharOperationKind.Read or CharOperationKind.Write or CharOperationKind.Poll or CharOperationKind.Ioctl)
            .OrderBy(static k => k)
            .Select(static k => $"{Sdk}CharOperations.{k}"));
        return flags.Length == 0 ? $"{Sdk}CharOperations.None" : flags;
    }

    private static string Joined(string one, string other) => string.Join(", ", new[] { one, other }.Where(static t => t.Length > 0));
}
