# Finance::Quote, where GnuCash gets its rates: the addresses are in its code, so the user agent leads them here.
use strict;
use warnings;
use Finance::Quote;
use JSON;

my ($root) = @ARGV;
my %hosts = (
  'http://data.fixer.io'                        => "$root/fixer",
  'https://openexchangerates.org'               => "$root/oxr",
  'https://www.ecb.europa.eu/stats/eurofxref'   => "$root/ecb",
);
my $json = JSON->new->canonical->allow_nonref;

for my $module (qw(ECB Fixer OpenExchange)) {
  my $quoter = Finance::Quote->new(
    currency_rates => { order => [$module], fixer => { API_KEY => 'a key' }, openexchange => { API_KEY => 'an app id' } });
  $quoter->user_agent->no_proxy('127.0.0.1');
  $quoter->user_agent->add_handler(request_prepare => sub {
    my ($request) = @_;
    my $address = $request->uri->as_string;
    for my $host (keys %hosts) {
      $address =~ s/^\Q$host\E/$hosts{$host}/;
    }
    $request->uri($address);
    return;
  });
  my $value = $quoter->currency('15 USD', 'EUR');
  print $json->encode([$module, defined $value ? sprintf('%.6f', $value) : undef]), "\n";
}
