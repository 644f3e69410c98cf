using Mdev.Sdk.Bridge.Tree;
using Microsoft.Extensions.Logging.Abstractions;
using Mtty;

namespace Mdev.Tree.Tests;

/// <summary>A host process with a tree: <c>host ROOT UUID</c> has one instance of mtty-1 until it is ended, by whatever signal.</summary>
internal static class Program
{
    public static void Main(string[] args)
    {
        using var tree = new MdevTree(args[1], NullLogger.Instance);
        var bus = new MdevBus([new TestUser(), tree]);
        tree.Attach(bus);
        var parent = new MttyParent(_ => null);
        bus.Register(parent);
        tree.Publish(parent);
        bus.Create(bus.FindType("mtty-1"), Guid.Parse(args[2]));
        Console.WriteLine("ready");
        Console.In.ReadToEnd();
        bus.Remove(Guid.Parse(args[2]));
    }
}
