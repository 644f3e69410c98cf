using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Mdev.Sdk;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Tool.Hosts;

namespace Mdev.Tool.Verbs;

/// <summary><c>mdevctl</c>: the installed mdevctl on the tree that the host processes serve.</summary>
internal sealed class MdevctlVerb : Verb
{
    // mdevctl prefixes all paths with it; undocumented, since release 1.3.0.
    private const string Root = "MDEVCTL_ENV_ROOT";

    public MdevctlVerb(Surroundings surroundings)
        : base(
            "mdevctl",
            "Run the installed mdevctl on these devices.",
            "Everything behind the verb is mdevctl's own; so is the exit status.",
            "mdevctl list -d", "mdevctl start -u UUID")
    {
        _ = surroundings;
        Arguments.Add(new Argument<string[]>("ARGS") { Description = "mdevctl's arguments, taken as they are." });
    }

    /// <summary>Runs it.</summary>
    /// <param name="surroundings">Where the tree is.</param>
    /// <param name="arguments">mdevctl's.</param>
    /// <returns>mdevctl's exit status.</returns>
    /// <exception cref="MdevException">ENOENT: there is no mdevctl, or no tree.</exception>
    public static async Task<int> RunAsync(Surroundings surroundings, string[] arguments)
    {
        string mdevctl = Programs.Find("mdevctl", Programs.SearchPath)
            ?? throw new MdevException(Errno.ENOENT, "mdevctl is not installed (package mdevctl, 1.3 or newer); its verbs are verbs of dotnet mdev too.");
        string root = Path.Combine(surroundings.RuntimeDirectory, "root");
        var hosts = await surroundings.Hosts.AskAllAsync(ControlVerbs.Parents, Nothing.Instance, CancellationToken.None).ConfigureAwait(false);
        if (!Directory.Exists(Path.Combine(root, "sys")))
        {
            throw new MdevException(Errno.ENOENT,
                $"There is no tree at {root}: start a host program with --manage; if one runs, dotnet mdev doctor says what hinders it.");
        }

        // mdevctl ends at once where its folder of definitions is missing.
        MakeDefinitionsFolder(surroundings.Definitions);
        string[] command = [.. Entering(surroundings, [.. hosts.Select(h => h.Answer)], root), mdevctl, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]);
        start.Environment[Root] = root;

        // An interruption is mdevctl's, which sits at the same terminal.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using Process process = Process.Start(start) ?? throw new MdevException(Errno.EIO, $"{command[0]} cannot be started.");
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        // The words behind the verb never come here, see ToolCommand.
        await Task.CompletedTask.ConfigureAwait(false);
        throw new UsageException("mdevctl stands first on the command line.", this);
    }

    // Without privileges the tree is mounted in a namespace of the host process' own.
    private static string[] Entering(Surroundings surroundings, ParentList[] hosts, string root)
    {
        ParentList? hidden = hosts.FirstOrDefault(h => h.Parents.Any(p => !IsVisible(root, p.Name)) && ProcessNamespaces.HasOtherMounts(h.Process));
        if (hidden is null)
            return [];
        string process = hidden.Process.ToString(CultureInfo.InvariantCulture);
        string[] users = ProcessNamespaces.HasOtherUsers(hidden.Process) ? ["--user", "--preserve-credentials"] : [];
        string nsenter = Programs.Find("nsenter", Programs.SearchPath)
            ?? throw new MdevException(Errno.ENOENT, $"The tree is in process {process}'s namespace, and nsenter (package util-linux) is not installed.");

        // Nobody is in two namespaces at once, and mdevctl may give up where a parent's files are missing.
        IReadOnlySet<string> mounts = ProcessNamespaces.MountsOf(hidden.Process);
        IEnumerable<string> missing = hosts.SelectMany(h => h.Parents).Select(p => p.Name)
            .Where(parent => !mounts.Contains(Path.Combine(root, "sys/devices/virtual", parent, parent)));
        if (string.Join(", ", missing) is { Length: > 0 } names)
            surroundings.Warn($"mdevctl runs in process {process}'s namespace, where the files of {names} are not; the verbs of dotnet mdev need none.");
        return [nsenter, "--target", process, .. users, "--mount", "--"];
    }

    private static bool IsVisible(string root, string parent) =>
        Directory.Exists(Path.Combine(root, "sys/class/mdev_bus", parent, "mdev_supported_types"));

    private static void MakeDefinitionsFolder(DefinitionStore definitions)
    {
        try
        {
            Directory.CreateDirectory(definitions.Folder);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw FileErrors.Sentence($"Cannot make {definitions.Folder}", e);
        }
    }
}
