using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Mdev.Sdk.Device;
using Mdev.Sdk.Export;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// The main program of a host process: options, the ready line, signals and exit codes, the same for every parent. It needs no
/// container; a program that has one uses <c>AddMdev</c>.
/// </summary>
/// <example><code>return MdevProgram.Run(args, new MttyParent());</code></example>
public static class MdevProgram
{
    internal const int Success = 0;
    internal const int Failure = 1;
    private const int Usage = 2;

    /// <summary>Serves parents until SIGTERM or SIGINT.</summary>
    /// <param name="args">The command line; <c>--help</c> lists the options.</param>
    /// <param name="parents">The parents, at least one; several of one class have names of their own.</param>
    /// <returns>The process' exit status: 0 after a signal, 1 if it could not start, 2 for a wrong option.</returns>
    public static int Run(string[] args, params IReadOnlyList<MdevParent> parents) => Run(args, "", [], _ => parents);

    /// <summary>Serves a parent that has options of its own until SIGTERM or SIGINT.</summary>
    /// <param name="args">The command line; <c>--help</c> lists the options.</param>
    /// <param name="description">What the device is, for <c>--help</c>.</param>
    /// <param name="options">The parent's options.</param>
    /// <param name="createParent">Makes the parent from what was parsed.</param>
    /// <param name="extensions">What else the program offers, each by an option.</param>
    /// <returns>The process' exit status: 0 after a signal, 1 if it could not start, 2 for a wrong option.</returns>
    public static int Run(
        string[] args, string description, IReadOnlyList<Option> options, Func<ParseResult, MdevParent> createParent,
        IReadOnlyList<HostExtension>? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(createParent);
        return Run(args, description, options, IReadOnlyList<MdevParent> (parsed) => [createParent(parsed)], extensions);
    }

    /// <summary>Serves parents that have options of their own until SIGTERM or SIGINT.</summary>
    /// <param name="args">The command line; <c>--help</c> lists the options.</param>
    /// <param name="description">What the devices are, for <c>--help</c>.</param>
    /// <param name="options">The parents' options.</param>
    /// <param name="createParents">Makes the parents from what was parsed, at least one; several of one class have names of their own.</param>
    /// <param name="extensions">What else the program offers, each by an option.</param>
    /// <returns>The process' exit status: 0 after a signal, 1 if it could not start, 2 for a wrong option.</returns>
    public static int Run(
        string[] args, string description, IReadOnlyList<Option> options, Func<ParseResult, IReadOnlyList<MdevParent>> createParents,
        IReadOnlyList<HostExtension>? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(createParents);

        var command = new HostCommand(description, options, extensions ?? []);
        ParseResult parsed = command.ParseLiterally(args);
        if (parsed.Errors.Count > 0)
            return Fail(Usage, $"{parsed.Errors[0].Message} (--help lists the options)");
        if (parsed.Action is not null)
            return parsed.Invoke();

        try
        {
            IReadOnlyList<MdevParent> parents = createParents(parsed);
            if (parents.Count == 0)
                throw new ArgumentException("A host program needs a parent to serve.", nameof(createParents));
            if (parsed.GetValue(command.ListTypes))
                return ListTypes(parents);
            if (command.WrongValue(parsed, parents) is { } wrong)
                return Fail(Usage, wrong);
            if (parsed.GetValue(command.ParentName) is { } name)
                parents[0].Name = name;
            if (parsed.GetValue(command.Export) is { } format)
                return Export(command.TypeOf(parsed, parents), format);
            using var process = new HostProcess(command, parsed, parents);
            return process.Run();
        }
        catch (Exception e) when (e is MdevException or IOException or SocketException or UnauthorizedAccessException)
        {
            return Fail(Failure, e.Message);
        }
    }

    private static int ListTypes(IReadOnlyList<MdevParent> parents)
    {
        foreach (MdevType type in parents.SelectMany(parent => parent.Types))
            Console.Out.WriteLine(TypeLine(type));
        return Success;
    }

    private static string TypeLine(MdevType type) =>
        string.Create(CultureInfo.InvariantCulture, $"{type.Id} {type.AvailableInstances} {type.Parent.DeviceApi} {type.PrettyName}");

    // A device is made as an instance is, and served to nobody.
    private static int Export(MdevType type, ExportFormat format)
    {
        using IDisposable made = type.Parent.MakeDevice(type);
        if (made is not VfioDevice device)
            throw new MdevException(Errno.ENODEV, $"{made.GetType().Name} is not a device that has regions.");
        device.Realize(Guid.NewGuid(), NullLogger.Instance);
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        DeviceExport.Write(device, type, format, output);
        return Success;
    }

    internal static int Fail(int status, string message)
    {
        Tell($"{AppDomain.CurrentDomain.FriendlyName}: {message.ReplaceLineEndings(" ")}");
        return status;
    }

    internal static void Tell(string text)
    {
        try
        {
            Console.Error.WriteLine(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Standard error is closed: whoever did that does not want to know.
        }
    }
}
