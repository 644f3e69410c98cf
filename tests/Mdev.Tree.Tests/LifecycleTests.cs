using Mdev.Sdk.Testing.Traces;
using Mdev.Tree.Tests.Parents;
using Mtty;

namespace Mdev.Tree.Tests;

/// <summary>What the kernel's mdev core answered, line by line, by the same writes and reads over the tree.</summary>
public sealed class LifecycleTests : IDisposable
{
    private readonly TestTree _tree = new(new MttyParent(_ => null), new MbochsParent(), new MdpyParent());

    public void Dispose() => _tree.Dispose();

    [FuseFact]
    public void Every_line_gives_what_was_recorded()
    {
        int done = 0;
        foreach (TraceLine line in TraceFile.Read(Repository.PathOf("tests/Traces/lifecycle.trace")).Lines)
        {
            Assert.Equal($"line {line.Number}: {line.Operation} -> {line.Result}",
                $"line {line.Number}: {line.Operation} -> {Do(line)}");
            done++;
        }
        Assert.True(done > 100);
    }

    private string Do(TraceLine line) => line.Name switch
    {
        "avail" => Sys.Read(_tree.Type(line.Text(0), "available_instances")).TrimEnd('\n'),
        "ls" => $"{Directory.GetFileSystemEntries(_tree.Type(line.Text(0), "devices")).Length}",
        "create" => Sys.Write(_tree.Type(line.Text(0), "create"), Unfold(line.Text(1))),
        "remove" => RemovedBy(line),
        _ => throw new FormatException($"There is no operation \"{line.Name}\"."),
    };

    // Without O_CREAT: with it the kernel says that nothing can be made there, rather than that there is nothing.
    private string RemovedBy(TraceLine line)
    {
        string path = _tree.Instance(Guid.Parse(line.Text(0)), "remove");
        return File.Exists(path) ? Sys.Write(path, Unfold(line.Text(1))) : "errno=2";
    }

    private static string Unfold(string text) => text == "EMPTY" ? "" : text.Replace('~', '\n');
}
