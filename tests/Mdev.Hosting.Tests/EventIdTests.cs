using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Mdev.Hosting.Tests;

/// <summary>Event ids are what operators filter by: each means one thing, for ever.</summary>
public sealed class EventIdTests
{
    [Fact]
    public void No_event_id_means_two_things()
    {
        (int Id, string Method)[] events = [.. typeof(MdevBus).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId ?? -1, $"{method.DeclaringType!.Name}.{method.Name}"))
            .Where(e => e.Item1 != -1)];
        Assert.True(events.Length > 40, "The messages are not found any more.");
        foreach (IGrouping<int, (int Id, string Method)> same in events.GroupBy(e => e.Id))
            Assert.True(same.Count() == 1, $"Event id {same.Key} is {string.Join(" and ", same.Select(e => e.Method))}.");
    }

    [Fact]
    public void Each_class_of_messages_has_a_range_of_its_own()
    {
        foreach (Type type in typeof(MdevBus).Assembly.GetTypes())
        {
            int[] ids = [.. type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId ?? -1)
                .Where(id => id >= 0)];
            Assert.True(ids.Select(id => id / 100).Distinct().Count() <= 1, $"{type.Name} has ids of several hundreds.");
        }
    }
}
