arrivals_per_s = 10
mail_s = 0.5
workers = 4

sent_per_s = workers / mail_s
waiting = 0.0
for second in range(60):
    waiting = max(0, waiting + arrivals_per_s - sent_per_s)
print(round(waiting))
